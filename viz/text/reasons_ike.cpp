#include <array>

#include "viz/text/catalogue.h"

/// Reasons of IKE: a line for the ladder, why it happened, what a person does about it.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"reason.no-proposal-chosen", "no offered proposal is acceptable", "受け入れ可能なプロポーザルがない"},
    {"reason.no-proposal-chosen.why",
     "The responder compared every offered transform with its own policy, and each one differs in at least one "
     "attribute. It may only choose, never change an offer, so it answers NO-PROPOSAL-CHOSEN.",
     "レスポンダーは提案されたトランスフォームを1つずつ自分のポリシーと比べましたが、どれも少なくとも1つの属性が異なり"
     "ました。レスポンダーは選ぶだけで提案を変更できないため、NO-PROPOSAL-CHOSENを返します。"},
    {"reason.no-proposal-chosen.fix",
     "Look at the attribute marked as different (encryption, hash, group, authentication) and set the same value on "
     "both sides. On AWS these are the tunnel options.",
     "不一致の印が付いた属性（暗号化、ハッシュ、グループ、認証方式）を見て、両側を同じ値にそろえます。AWSではトンネル"
     "オプションで設定します。"},

    {"reason.invalid-exchange-type", "exchange type not accepted", "受け付けない交換タイプ"},
    {"reason.invalid-exchange-type.why",
     "The message opens an exchange that this side does not run. AWS, for example, accepts main mode only, never "
     "aggressive mode.",
     "こちらが対応しない交換を始めるメッセージです。たとえばAWSはメインモードだけを受け付け、アグレッシブモードは受け"
     "付けません。"},
    {"reason.invalid-exchange-type.fix", "Configure main mode on both sides.", "両側でメインモードを設定します。"},

    {"reason.invalid-cookie", "no ISAKMP SA has these cookies", "クッキーに合うISAKMP SAがない"},
    {"reason.invalid-cookie.why",
     "The two cookies name an ISAKMP SA. The receiver has none with this pair: it may have restarted, deleted it, or "
     "never made it.",
     "2つのクッキーはISAKMP SAを特定します。受信側にこの組のSAがありません。再起動したか、削除したか、もともと作られて"
     "いないかです。"},
    {"reason.invalid-cookie.fix",
     "Let the sender start a new phase 1. DPD does this by itself after the last unanswered probe.",
     "送信側で新しいフェーズ1を始めます。DPDが有効なら、応答のない確認が続いた後に自動で行われます。"},

    {"reason.invalid-message-id", "message ID does not fit", "メッセージIDが合わない"},
    {"reason.invalid-message-id.why",
     "Phase 1 uses message ID 0; every phase 2 exchange has a random ID of its own. This one fits no running exchange.",
     "フェーズ1のメッセージIDは0で、フェーズ2の交換はそれぞれ固有の乱数のIDを使います。このIDは、進行中のどの交換にも"
     "合いません。"},
    {"reason.invalid-message-id.fix",
     "Usually a late packet of a finished exchange: nothing to do. If it repeats, look at the sender's state.",
     "多くは終わった交換の遅れたパケットで、対処は不要です。繰り返すなら送信側の状態を調べます。"},

    {"reason.invalid-key-exchange", "the public value does not fit the group", "公開値がグループに合わない"},
    {"reason.invalid-key-exchange.why",
     "The KE payload's value has the wrong length or is outside the group's range. Such a value could make the shared "
     "secret easy to guess, so it is refused.",
     "KEペイロードの値の長さが違うか、グループの範囲外です。そのような値は共有秘密を推測されやすくするため、拒否されま"
     "す。"},
    {"reason.invalid-key-exchange.fix", "Check that both sides use the same Diffie-Hellman group.",
     "両側が同じDHグループを使っているかを確認します。"},

    {"reason.invalid-identity", "identity not accepted", "受け入れられないID"},
    {"reason.invalid-identity.why",
     "The ID payload names someone or some network that the policy does not expect: in phase 1 the wrong peer, in "
     "phase 2 the wrong proxy ID.",
     "IDペイロードが、ポリシーで想定していない相手やネットワークを示しています。フェーズ1なら対向機器の違い、フェーズ2"
     "ならプロキシIDの違いです。"},
    {"reason.invalid-identity.fix",
     "Compare local id and remote id of both sides. For AWS, phase 2 uses 0.0.0.0/0 on both ends.",
     "両側のlocal idとremote idを比べます。AWSとの接続では、フェーズ2は両端とも0.0.0.0/0です。"},

    {"reason.invalid-hash", "the HASH payload is wrong", "HASHペイロードが不正"},
    {"reason.invalid-hash.why",
     "The receiver computed another HASH than the message carries: the sender has other keys, or the message was "
     "changed.",
     "受信側が計算したHASHと、メッセージ中のHASHが異なります。送信側の鍵が違うか、メッセージが改変されています。"},
    {"reason.invalid-hash.fix", "Compare the pre-shared keys of both sides. If they are equal, suspect tampering.",
     "両側の事前共有鍵を比べます。同じであれば、改ざんを疑います。"},

    {"reason.decryption-failed", "does not decrypt: the keys differ", "復号できない（鍵が異なる）"},
    {"reason.decryption-failed.why",
     "The message decrypted to noise. In IKEv1 with a pre-shared key, SKEYID is made from that key, so every key "
     "after it differs when the pre-shared keys differ. Message 5 is the first encrypted one: here it shows.",
     "復号結果が意味をなしません。事前共有鍵を使うIKEv1ではSKEYIDをその鍵から作るため、事前共有鍵が違えば、以降の鍵は"
     "すべて異なります。最初に暗号化されるのがメッセージ5なので、ここで表面化します。"},
    {"reason.decryption-failed.fix",
     "Set the same pre-shared key on both sides, character by character. Watch for blanks and line ends from copying.",
     "両側に同じ事前共有鍵を、1文字ずつ確かめて設定します。コピー時に混入した空白や改行に注意します。"},

    {"reason.authentication-failed", "the peer was not authenticated", "対向認証に失敗"},
    {"reason.authentication-failed.why",
     "The proof of identity does not match: the peer could not show that it knows the pre-shared key for this "
     "identity.",
     "本人であることの証明が一致しません。対向機器は、このIDに対応する事前共有鍵を知っていることを示せませんでした。"},
    {"reason.authentication-failed.fix", "Compare pre-shared key and identities of both sides.",
     "両側の事前共有鍵とIDを比べます。"},

    {"reason.pfs-mismatch", "one side wants PFS, the other does not", "PFSの設定が片側だけ"},
    {"reason.pfs-mismatch.why",
     "With PFS, quick mode carries a new Diffie-Hellman exchange. One side asks for it (or for another group), the "
     "other does not send it. AWS requires PFS.",
     "PFSでは、クイックモードで新しいDH鍵交換を行います。片側だけがPFSを求めているか、グループが異なります。AWSではPFS"
     "が必須です。"},
    {"reason.pfs-mismatch.fix", "Turn PFS on at both sides with the same group. On the Yamaha: ipsec ike pfs 1 on.",
     "両側で同じグループのPFSを有効にします。ヤマハルーターでは「ipsec ike pfs 1 on」です。"},

    {"reason.unexpected-message", "not expected in this state", "この状態では想定外"},
    {"reason.unexpected-message.why",
     "Each state of an exchange allows certain messages only. This one comes too early, too late, or in the wrong "
     "role.",
     "交換の各状態では、受け取れるメッセージが決まっています。このメッセージは早すぎるか、遅すぎるか、役割が違います"
     "。"},
    {"reason.unexpected-message.fix",
     "Look at the state panel to see what was awaited. A single late packet needs no action.",
     "状態パネルで、何を待っていたのかを確認します。遅れて届いた1つだけなら対処は不要です。"},

    {"reason.duplicate-message", "seen before", "受信済みのメッセージ"},
    {"reason.duplicate-message.why",
     "The peer repeated a message, probably because the answer was lost. The exchange is not run twice: the stored "
     "answer is sent again.",
     "対向機器がメッセージを再送しました。おそらく応答が失われたためです。交換を2回実行することはなく、保存した応答を"
     "もう一度送ります。"},
    {"reason.duplicate-message.fix", "Nothing, if it is rare. Often means losses on the line.",
     "まれであれば対処は不要です。頻繁なら回線での消失を疑います。"},

    {"reason.unknown-peer", "no tunnel is configured for this peer", "この相手のトンネル設定がない"},
    {"reason.unknown-peer.why",
     "The message comes from an address that no configured tunnel names, so there is no pre-shared key to use.",
     "設定済みのどのトンネルにもない送信元アドレスから届きました。使うべき事前共有鍵を特定できません。"},
    {"reason.unknown-peer.fix",
     "Compare the remote address in the configuration with the source address of the packet. NAT changes it.",
     "設定した対向のアドレスと、パケットの送信元アドレスを比べます。NATがあると送信元アドレスは変わります。"},

    {"reason.not-encrypted", "must be encrypted and is not", "暗号化されていない"},
    {"reason.not-encrypted.why",
     "From main mode message 5 on, everything must be encrypted. A message in the clear could come from anybody, so "
     "it is not acted upon.",
     "メインモードのメッセージ5以降は、すべて暗号化が必要です。平文のメッセージは誰にでも作れるため、処理しません。"},
    {"reason.not-encrypted.fix", "Look at who sent it. A peer that lost its ISAKMP SA reports errors in the clear.",
     "送信元を確認します。ISAKMP SAを失った対向機器は、平文でエラーを通知することがあります。"},

    {"reason.peer-not-responding", "no answer after the last retransmission", "再送を終えても応答なし"},
    {"reason.peer-not-responding.why",
     "The message was repeated as often as configured, and nobody answered. Either it does not arrive, or the answer "
     "does not, or the peer ignores it.",
     "設定された回数だけ再送しましたが、応答がありませんでした。メッセージか応答が届いていないか、対向機器が無視してい"
     "ます。"},
    {"reason.peer-not-responding.fix",
     "Check addresses and routes, whether UDP 500 is let through, and the peer's log: it may refuse silently.",
     "アドレス、経路、UDP 500の許可を確認します。相手が黙って拒否していることもあるため、相手のログも確認します。"},

    {"reason.peer-dead", "declared dead by DPD", "DPDで停止と判定"},
    {"reason.peer-dead.why",
     "Several R-U-THERE probes in a row were not answered. The SAs are of no use without a peer, so they are removed.",
     "R-U-THEREによる確認に続けて応答がありませんでした。相手がいなければSAは役に立たないため、削除します。"},
    {"reason.peer-dead.fix", "Check the line and the peer. When it is back, a new phase 1 brings the tunnel up again.",
     "回線と対向機器を確認します。復旧すれば、新しいフェーズ1でトンネルが再び確立します。"},

    {"reason.lifetime-expired", "the lifetime ran out", "ライフタイムが満了"},
    {"reason.lifetime-expired.why",
     "A key may be used for a limited time or amount of data only. No successor was ready, so the SA ended.",
     "鍵を使える時間とデータ量には上限があります。後継が用意されていなかったため、SAは終了しました。"},
    {"reason.lifetime-expired.fix",
     "Find out why the rekey did not succeed before. Compare the lifetimes of both sides.",
     "満了前のリキーが成功しなかった理由を調べます。両側のライフタイムを比べます。"},

    {"reason.peer-deleted", "deleted by the peer", "対向機器が削除"},
    {"reason.peer-deleted.why",
     "The peer sent a DELETE: it will not use this SA any more. Packets sent on it would be dropped there.",
     "対向機器がDELETEを送りました。このSAはもう使われません。このSAで送っても、相手側で破棄されます。"},
    {"reason.peer-deleted.fix",
     "After a rekey this is normal. Otherwise ask the peer's operator why the tunnel was taken down.",
     "リキーの後なら正常です。そうでなければ、トンネルを停止した理由を相手の管理者に確認します。"},

    {"reason.local-shutdown", "taken down by its operator", "管理者が停止"},
    {"reason.local-shutdown.why", "Somebody took the tunnel down on this side. The peer is told with a DELETE.",
     "こちら側でトンネルが停止されました。対向機器にはDELETEで知らせます。"},
    {"reason.local-shutdown.fix", "Bring the tunnel up again when it is needed.",
     "必要になったら、トンネルを再び有効にします。"},

    {"reason.replaced", "replaced by a newer one", "新しいものに置き換え"},
    {"reason.replaced.why", "A rekey made a fresh SA before this one ended, so traffic moves over without a gap.",
     "終了する前にリキーで新しいSAを作ったため、通信は途切れずに移ります。"},
    {"reason.replaced.fix", "Nothing: this is how a rekey ends.", "対処は不要です。これがリキーの正常な終わり方です。"},

    {"reason.dpd-sequence-mismatch", "the DPD sequence number does not fit", "DPDの連番が合わない"},
    {"reason.dpd-sequence-mismatch.why",
     "An ACK must repeat the number of its R-U-THERE. Another number is an old or replayed answer and proves nothing.",
     "ACKは、対応するR-U-THEREの番号をそのまま返す必要があります。番号が違えば古い応答か再生された応答で、生存の証明に"
     "なりません。"},
    {"reason.dpd-sequence-mismatch.fix",
     "A single late answer is harmless. If it repeats, somebody may be replaying packets.",
     "遅れて届いた1つの応答なら無害です。繰り返すなら、パケットが再生されている可能性があります。"},
});

}  // namespace

std::span<const CatalogueEntry> ike_reason_texts() { return entries; }

}  // namespace viz
