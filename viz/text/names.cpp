#include <array>

#include "viz/text/catalogue.h"

/// Names of things: payloads, node types, tunnel phases, roles, states of SAs and of exchanges.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"payload.HDR", "ISAKMP header", "ISAKMPヘッダー"},
    {"payload.HDR*", "ISAKMP header; all behind it is encrypted", "ISAKMPヘッダー（以降はすべて暗号化）"},
    {"payload.SA", "security association: the proposals offered or chosen",
     "Security Association：提案または選択されたプロポーザル"},
    {"payload.KE", "key exchange: the Diffie-Hellman public value", "鍵交換：DHの公開値"},
    {"payload.Ni", "nonce of the initiator: fresh random octets", "イニシエーターのnonce（新しい乱数）"},
    {"payload.Nr", "nonce of the responder: fresh random octets", "レスポンダーのnonce（新しい乱数）"},
    {"payload.IDii", "identity of the initiator in phase 1", "フェーズ1のイニシエーターのID"},
    {"payload.IDir", "identity of the responder in phase 1", "フェーズ1のレスポンダーのID"},
    {"payload.IDci", "network behind the initiator (proxy ID)", "イニシエーター側のネットワーク（プロキシID）"},
    {"payload.IDcr", "network behind the responder (proxy ID)", "レスポンダー側のネットワーク（プロキシID）"},
    {"payload.ID", "an identity", "ID"},
    {"payload.HASH_I", "the initiator's proof of identity", "イニシエーターの本人証明"},
    {"payload.HASH_R", "the responder's proof of identity", "レスポンダーの本人証明"},
    {"payload.HASH(1)", "keyed hash over the message: who made it knows SKEYID_a",
     "メッセージの鍵付きハッシュ（SKEYID_aを知る者だけが作成可能）"},
    {"payload.HASH(2)", "keyed hash over the answer and the initiator's nonce",
     "応答とイニシエーターのnonceに対する鍵付きハッシュ"},
    {"payload.HASH(3)", "keyed hash over both nonces", "両方のnonceに対する鍵付きハッシュ"},
    {"payload.HASH", "a keyed hash that authenticates the message", "メッセージを認証する鍵付きハッシュ"},
    {"payload.SIG", "a signature", "署名"},
    {"payload.CERT", "a certificate", "証明書"},
    {"payload.CERTREQ", "a request for a certificate", "証明書の要求"},
    {"payload.N", "a notification", "通知"},
    {"payload.N(R-U-THERE)", "DPD: are you there?", "DPDの生存確認"},
    {"payload.N(R-U-THERE-ACK)", "DPD: yes, I am", "DPDの生存確認への応答"},
    {"payload.D", "the SPIs of SAs that are no longer used", "使わなくなったSAのSPI"},
    {"payload.VID", "vendor ID: which extensions the sender knows", "ベンダーID（送信側が対応する拡張）"},
    {"payload.NAT-D", "hash of an address and a port, to detect NAT", "NAT検出のためのアドレスとポートのハッシュ"},
    {"payload.NAT-OA", "the original address behind a NAT", "NATの内側にある元のアドレス"},

    {"node-type.host", "host", "ホスト"},
    {"node-type.router", "router", "ルーター"},
    {"node-type.customer-gateway", "customer gateway", "カスタマーゲートウェイ"},
    {"node-type.vgw-endpoint", "tunnel endpoint of the VGW", "VGWのトンネルエンドポイント"},
    {"node-type.vgw", "virtual private gateway", "仮想プライベートゲートウェイ"},

    {"tunnel-phase.down", "down", "停止"},
    {"tunnel-phase.phase1", "phase 1 is running", "フェーズ1を実行中"},
    {"tunnel-phase.isakmp-sa", "ISAKMP SA is up", "ISAKMP SAが確立"},
    {"tunnel-phase.phase2", "phase 2 is running", "フェーズ2を実行中"},
    {"tunnel-phase.up", "up: IPsec SAs carry traffic", "確立（IPsec SAで通信可能）"},

    {"role.initiator", "initiator", "イニシエーター"},
    {"role.responder", "responder", "レスポンダー"},

    {"sa-state.negotiating", "being negotiated", "ネゴシエーション中"},
    {"sa-state.established", "established", "確立"},
    {"sa-state.installed", "installed", "使用開始"},
    {"sa-state.rekeyed", "replaced, still receives", "新しいSAに交代（受信のみ継続）"},
    {"sa-state.deleted", "deleted", "削除"},
    {"sa-state.failed", "failed", "失敗"},

    {"machine.main-mode-initiator", "Main Mode, initiator", "メインモード（イニシエーター）"},
    {"state.main-mode-initiator.idle", "Not started", "未開始"},
    {"state.main-mode-initiator.awaiting-main-mode-2", "Offer sent, waits for the choice", "提案を送信、選択を待つ"},
    {"state.main-mode-initiator.awaiting-main-mode-4", "KE and nonce sent, waits for the peer's",
     "KEとnonceを送信、相手の値を待つ"},
    {"state.main-mode-initiator.awaiting-main-mode-6", "Identity and HASH_I sent, waits for the peer's",
     "IDとHASH_Iを送信、相手の証明を待つ"},
    {"state.main-mode-initiator.established", "ISAKMP SA established", "ISAKMP SAが確立"},
    {"state.main-mode-initiator.failed", "Ended without an ISAKMP SA", "ISAKMP SAなしで終了"},

    {"machine.main-mode-responder", "Main Mode, responder", "メインモード（レスポンダー）"},
    {"state.main-mode-responder.idle", "Nothing came yet", "まだ何も届いていない"},
    {"state.main-mode-responder.awaiting-main-mode-3", "Choice sent, waits for KE and nonce",
     "選択を送信、KEとnonceを待つ"},
    {"state.main-mode-responder.awaiting-main-mode-5", "KE and nonce sent, waits for identity and HASH_I",
     "KEとnonceを送信、IDとHASH_Iを待つ"},
    {"state.main-mode-responder.established", "ISAKMP SA established", "ISAKMP SAが確立"},
    {"state.main-mode-responder.failed", "Ended without an ISAKMP SA", "ISAKMP SAなしで終了"},

    {"machine.quick-mode-initiator", "Quick Mode, initiator", "クイックモード（イニシエーター）"},
    {"state.quick-mode-initiator.idle", "Not started", "未開始"},
    {"state.quick-mode-initiator.awaiting-quick-mode-2", "Offer sent, waits for the choice", "提案を送信、選択を待つ"},
    {"state.quick-mode-initiator.established", "IPsec SAs installed", "IPsec SAを使用開始"},
    {"state.quick-mode-initiator.failed", "Ended without IPsec SAs", "IPsec SAなしで終了"},

    {"machine.quick-mode-responder", "Quick Mode, responder", "クイックモード（レスポンダー）"},
    {"state.quick-mode-responder.idle", "Nothing came yet", "まだ何も届いていない"},
    {"state.quick-mode-responder.awaiting-quick-mode-3", "Choice sent, waits for the confirmation",
     "選択を送信、確認を待つ"},
    {"state.quick-mode-responder.established", "IPsec SAs installed", "IPsec SAを使用開始"},
    {"state.quick-mode-responder.failed", "Ended without IPsec SAs", "IPsec SAなしで終了"},

    {"machine.informational", "Informational exchange", "インフォメーショナル交換"},
    {"state.informational.idle", "Nothing to tell yet", "まだ通知なし"},
    {"state.informational.awaiting-dpd-ack", "R-U-THERE sent, waits for the ACK", "R-U-THEREを送信、ACKを待つ"},
    {"state.informational.done", "Told", "通知済み"},
    {"state.informational.unanswered", "No R-U-THERE-ACK came", "R-U-THERE-ACKが届かない"},
});

}  // namespace

std::span<const CatalogueEntry> name_texts() { return entries; }

}  // namespace viz
