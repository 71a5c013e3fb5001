#include <array>

#include "viz/text/catalogue.h"

/// Informational exchanges: DPD, DELETE, notifications.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"message.informational.what", "{node} sends an informational message to {peer}. {purpose}",
     "{node}が{peer}へインフォメーショナルメッセージを送ります。{purpose}"},
    {"message.informational.why",
     "A notification is sent once and not acknowledged. The receiver should not rely on getting it.",
     "通知は一度だけ送られ、確認応答はありません。届くことを当てにはできません。"},
    {"message.informational-dpd-request.what", "{node} asks {peer}: R-U-THERE? The message carries a sequence number.",
     "{node}が{peer}に「R-U-THERE」と問い合わせます。メッセージにはシーケンス番号が入ります。"},
    {"message.informational-dpd-request.why",
     "IP gives no sign when the peer vanishes. Without DPD the gateway would send into the void until the lifetime "
     "ends.",
     "相手がいなくなっても、IPは何も知らせません。DPDがなければ、ライフタイムが終わるまで無駄に送り続けます。"},
    {"message.informational-dpd-request.next", "A living peer answers with R-U-THERE-ACK and the same number.",
     "相手が動作していれば、同じ番号のR-U-THERE-ACKを返します。"},
    {"message.informational-dpd-ack.what", "{node} answers {peer}: R-U-THERE-ACK, with the number of the question.",
     "{node}が{peer}に、問い合わせと同じ番号のR-U-THERE-ACKを返します。"},
    {"message.informational-dpd-ack.why",
     "The number and the HASH show that the answer is fresh and genuine, not a recording.",
     "番号とHASHにより、記録の再生ではない、本物の新しい応答だと分かります。"},
    {"message.informational-dpd-ack.next", "{peer} knows that {node} lives and waits for the next interval.",
     "{peer}は{node}の生存を確認し、次の間隔まで待ちます。"},
    {"message.informational-delete.what", "{node} tells {peer} which SAs it has removed.",
     "{node}が、削除したSAを{peer}に知らせます。"},
    {"message.informational-delete.why", "Otherwise {peer} would go on sending with keys that nobody has any more.",
     "知らせなければ、{peer}は、もう誰も持っていない鍵で送り続けてしまいます。"},
    {"message.informational-delete.next", "{peer} removes its side of these SAs.",
     "{peer}も、対応するSAを削除します。"},

    {"story.informational.send-notification.title", "{node} sends a notification", "{node}が通知を送信"},
    {"story.informational.send-notification.what", "{node} has something to tell {peer} outside of any negotiation.",
     "{node}が、ネゴシエーションとは別に{peer}へ知らせることがあります。"},
    {"story.informational.send-delete.title", "{node} announces that SAs are gone", "{node}がSAの削除を通知"},
    {"story.informational.send-delete.what", "{node} sends {peer} a DELETE for the SAs that it no longer uses.",
     "{node}が、使わなくなったSAのDELETEを{peer}へ送ります。"},
    {"story.informational.send-dpd-request.title", "{node} asks whether {peer} is alive", "{node}が{peer}の生存を確認"},
    {"story.informational.send-dpd-request.what", "{node} starts a DPD exchange with {peer}.",
     "{node}が{peer}とのDPDを始めます。"},
    {"story.informational.receive-notification.title", "{node} reads a notification", "{node}が通知を受信"},
    {"story.informational.receive-notification.what",
     "{node} decrypts a notification of {peer} and checks its HASH before it believes it.",
     "{node}が{peer}の通知を復号し、HASHを検査してから受け入れます。"},
    {"story.informational.receive-clear-notification.title", "{node} reads a notification in the clear",
     "{node}が平文の通知を受信"},
    {"story.informational.receive-clear-notification.what",
     "The notification is neither encrypted nor authenticated. {node} treats it as a hint.",
     "この通知は暗号化も認証もされていません。{node}は手掛かりとして扱います。"},
    {"story.informational.receive-clear-notification.why",
     "Before phase 1 is complete there are no keys to protect it. Anybody could have sent it.",
     "フェーズ1が完了するまでは、保護するための鍵がありません。誰にでも送れるメッセージです。"},
    {"story.informational.receive-delete.title", "{node} removes SAs at the request of {peer}",
     "{node}が{peer}の通知によりSAを削除"},
    {"story.informational.receive-delete.what",
     "The DELETE is authentic. {node} stops using the SAs that {peer} has removed.",
     "DELETEは本物です。{node}は、{peer}が削除したSAの使用をやめます。"},
    {"story.informational.receive-dpd-request.title", "{node} is asked whether it lives", "{node}が生存確認を受信"},
    {"story.informational.receive-dpd-request.what", "{node} checks the HASH of R-U-THERE and prepares the ACK.",
     "{node}はR-U-THEREのHASHを検査し、ACKを用意します。"},
    {"story.informational.receive-dpd-request.next", "R-U-THERE-ACK goes back to {peer}.",
     "R-U-THERE-ACKを{peer}へ返します。"},
    {"story.informational.receive-dpd-ack.title", "{peer} is alive", "{peer}の生存を確認"},
    {"story.informational.receive-dpd-ack.what", "The ACK carries the number that {node} asked with. {peer} is there.",
     "ACKには、{node}が送った番号が入っています。{peer}は動作しています。"},
    {"story.informational.receive-dpd-ack.next", "The next probe follows after the interval, if all is quiet.",
     "受信がなければ、一定時間後に次の確認を行います。"},
    {"story.informational.dpd-unanswered.title", "{peer} does not answer DPD", "{peer}がDPDに応答しない"},
    {"story.informational.dpd-unanswered.what", "No ACK came in time. {node} counts one more unanswered probe.",
     "時間内にACKが届きませんでした。{node}は、応答のない回数を1つ増やします。"},
    {"story.informational.dpd-unanswered.why",
     "One loss proves nothing. Only several in a row mean that the peer is gone.",
     "1回だけでは断定できません。続けて応答がなければ、相手がいないと判断します。"},
    {"story.informational.dpd-unanswered.next", "It asks again, or declares {peer} dead.",
     "もう一度確認するか、{peer}を停止と判定します。"},
    {"story.informational.dpd-abandoned.title", "{node} ends the DPD exchange", "{node}がDPDを終了"},
    {"story.informational.dpd-abandoned.what",
     "The answer is no longer needed: the SA ended, or other traffic came in.",
     "応答は不要になりました。SAが終了したか、ほかの通信を受信したためです。"},
});

}  // namespace

std::span<const CatalogueEntry> informational_texts() { return entries; }

}  // namespace viz
