#include <array>

#include "viz/text/catalogue.h"

/// Remarks of the engine: timers, DPD, lifetimes, rekeys. `.title` stands where a step has nothing else to tell.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"story.initiate.title", "{node} brings the tunnel up", "{node}がトンネルの確立を開始"},
    {"story.initiate.what", "{node} begins to negotiate with {peer}, without waiting for traffic.",
     "{node}は、通信の発生を待たずに{peer}とのネゴシエーションを始めます。"},
    {"story.initiate.why",
     "Somebody has to begin. On the Yamaha it is “ipsec auto refresh on” that makes the router the initiator.",
     "どちらかが開始する必要があります。ヤマハルーターでは「ipsec auto refresh on」により、ルーターがイニシエーターに"
     "なります。"},
    {"story.initiate.scheduled.title", "{node} will try again", "{node}が再試行を予定"},
    {"story.initiate.scheduled.what", "{node} will initiate again after {after}.",
     "{node}は{after}後に再び開始します。"},
    {"story.retransmission.title", "{node} sends {message} again", "{node}が{message}を再送"},
    {"story.retransmission.what",
     "No answer came in time. {node} repeats {message}, the same octets: repetition {number} of {of}. It then waits "
     "{next}.",
     "時間内に応答がありませんでした。{node}は{message}を同じ内容で再送します（{of}回中{number}回目）。次は{next}待ち"
     "ます。"},
    {"story.retransmission.why",
     "UDP promises nothing. Either the message or its answer may be lost; the sender cannot tell which.",
     "UDPは到達を保証しません。メッセージと応答のどちらが失われたのか、送信側には分かりません。"},
    {"story.give-up.title", "{node} gives up on {message}", "{node}が{message}を断念"},
    {"story.give-up.what", "After {retransmissions} repetitions of {message}, {node} stops.",
     "{message}を{retransmissions}回再送しましたが応答がなく、{node}は断念します。"},
    {"story.dpd.supported.title", "{peer} understands DPD", "{peer}はDPDに対応"},
    {"story.dpd.supported.what", "The vendor ID of RFC 3706 came with the message, so {node} may probe {peer}.",
     "RFC 3706のベンダーIDが届いたため、{node}は{peer}にDPDを使えます。"},
    {"story.dpd.unsupported.title", "{peer} does not announce DPD", "{peer}はDPDを表明していない"},
    {"story.dpd.unsupported.what", "{node} is to use DPD, but {peer} did not send the vendor ID of RFC 3706.",
     "{node}はDPDを使う設定ですが、{peer}からRFC 3706のベンダーIDが届きませんでした。"},
    {"story.dpd.probe.title", "{node} probes {peer}", "{node}が{peer}を確認"},
    {"story.dpd.probe.what", "R-U-THERE with sequence number {sequence}: probe {number} of {of}.",
     "R-U-THERE（シーケンス番号{sequence}）、{of}回中{number}回目の確認です。"},
    {"story.dpd.alive.title", "The answer to number {sequence} is here", "番号{sequence}への応答を受信"},
    {"story.dpd.alive.what", "{peer} answered sequence number {sequence}.",
     "{peer}がシーケンス番号{sequence}に応答しました。"},
    {"story.dpd.dead.title", "{peer} is declared dead", "{peer}を停止と判定"},
    {"story.dpd.dead.what", "{unanswered} probes in a row were not answered. Configured action: {action}.",
     "確認に{unanswered}回続けて応答がありませんでした。設定された動作：{action}。"},
    {"story.dpd.dead.why", "SAs without a living peer only swallow traffic. Removing them lets a new start succeed.",
     "相手のいないSAは、通信を飲み込むだけです。削除すれば、新しく始められます。"},
    {"story.vendor-id.unknown.title", "An unknown vendor ID", "不明なベンダーID"},
    {"story.vendor-id.unknown.what", "Vendor ID {data} is not known here. It is ignored, as the RFC demands.",
     "ベンダーID {data} は不明です。RFCのとおり無視します。"},
    {"story.initial-contact.sent.title", "{node} announces INITIAL-CONTACT", "{node}がINITIAL-CONTACTを通知"},
    {"story.initial-contact.sent.what", "{node} says that it has no other SA with {peer}: older ones can be removed.",
     "{node}は、{peer}とのSAをほかに持っていないことを知らせます。相手は古いSAを削除できます。"},
    {"story.initial-contact.received.title", "{peer} announces INITIAL-CONTACT", "{peer}がINITIAL-CONTACTを通知"},
    {"story.initial-contact.received.what",
     "{peer} has no older SA. Left from before and removed by {node}: {removed}.",
     "{peer}は古いSAを持っていません。{node}が削除した以前のSA：{removed}個。"},
    {"story.notification.received.title", "Notification: {type}", "通知：{type}"},
    {"story.notification.received.what", "{peer} notifies {type}. Authenticated: {authenticated}.",
     "{peer}からの通知は{type}です。認証：{authenticated}。"},
    {"story.responder-lifetime.sent.title", "{node} announces a shorter lifetime",
     "{node}がより短いライフタイムを通知"},
    {"story.responder-lifetime.sent.what", "{node} tells {peer} that it will use {seconds} s for phase {phase}.",
     "{node}は{peer}に、フェーズ{phase}のライフタイムを{seconds}秒とすることを知らせます。"},
    {"story.responder-lifetime.received.title", "{peer} announces a shorter lifetime",
     "{peer}がより短いライフタイムを通知"},
    {"story.responder-lifetime.received.what", "{peer} will use {seconds} s for phase {phase}. {node} follows.",
     "{peer}は、フェーズ{phase}のライフタイムを{seconds}秒とします。{node}もこれに従います。"},
    {"story.lifetime.shortened.title", "{node} uses the shorter lifetime", "{node}が短い方のライフタイムを使用"},
    {"story.lifetime.shortened.what", "Phase {phase}: offered were {offered}, used are {used}.",
     "フェーズ{phase}：提案は{offered}、実際に使う値は{used}です。"},
    {"story.lifetime.shortened.why", "The side with the stricter policy ends the SA first anyway.",
     "いずれにせよ、短い方の設定を持つ側が先にSAを終わらせるためです。"},
    {"story.lifetime.expired.title", "A lifetime has run out", "ライフタイムが満了"},
    {"story.lifetime.expired.what", "The SA of phase {phase} at {node} has reached its end and is removed.",
     "{node}のフェーズ{phase}のSAが期限に達したため、削除します。"},
    {"story.rekey.due.title", "{node} renews the keys of phase {phase}", "{node}がフェーズ{phase}の鍵を更新"},
    {"story.rekey.due.what", "{node} negotiates a successor for the SA of phase {phase}: {cause}.",
     "{node}が、フェーズ{phase}のSAの後継をネゴシエーションします：{cause}。"},
    {"story.rekey.due.why",
     "The more is encrypted under one key, the more an attacker has to work with. New keys before the old ones end "
     "mean no gap.",
     "1つの鍵で暗号化する量が増えるほど、攻撃者の手掛かりも増えます。古い鍵が終わる前に新しくすれば、通信は途切れませ"
     "ん。"},
    {"story.rekey.retry.title", "{node} will try the rekey again", "{node}がリキーの再試行を予定"},
    {"story.rekey.retry.what", "The rekey of phase {phase} failed. {node} tries again after {after}.",
     "フェーズ{phase}のリキーに失敗しました。{node}は{after}後に再試行します。"},
    {"story.rekey.old-removed.title", "{node} removes the old SA", "{node}が古いSAを削除"},
    {"story.rekey.old-removed.what", "The old SA of phase {phase} is removed: {cause}.",
     "フェーズ{phase}の古いSAを削除します：{cause}。"},
    {"story.rekey.crossing.title", "Both sides rekey at once", "双方が同時にリキー"},
    {"story.rekey.crossing.what", "{node} and {peer} both began to renew phase {phase}. One of the results will go.",
     "{node}と{peer}が同時にフェーズ{phase}の更新を始めました。結果の一方は削除されます。"},
    {"story.delete.unknown.title", "DELETE for an unknown SA", "未知のSAに対するDELETE"},
    {"story.delete.unknown.what", "{peer} deletes {protocol} {spi}, which {node} does not have. Nothing happens.",
     "{peer}が{protocol} {spi}の削除を知らせましたが、{node}にはありません。何も起こりません。"},
    {"story.half-open.limit.title", "Too many half-open exchanges", "途中の交換が多すぎる"},
    {"story.half-open.limit.what", "{node} already has {limit} exchanges that are not complete. It takes no more.",
     "{node}には未完了の交換がすでに{limit}個あります。これ以上は受け付けません。"},
});

}  // namespace

std::span<const CatalogueEntry> remark_texts() { return entries; }

}  // namespace viz
