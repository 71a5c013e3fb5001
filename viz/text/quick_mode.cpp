#include <array>

#include "viz/text/catalogue.h"

/// Phase 2 in quick mode, with and without PFS: what each message is for, and what each side does with it.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"message.quick-mode-1.what",
     "Protected by the ISAKMP SA, {node} offers {peer} proposals for ESP: {offer}. With them go its SPI {spi}, a "
     "fresh nonce and HASH(1).",
     "ISAKMP SAに守られて、{node}が{peer}へESPのプロポーザルを送ります：{offer}。自分のSPI {spi}、新しいnonce、HASH(1)"
     "も一緒に送ります。"},
    {"message.quick-mode-1.why",
     "The traffic gets keys of its own, separate from those of IKE. With PFS a new Diffie-Hellman exchange is made, "
     "so that a broken phase 1 key does not open the traffic. IDci and IDcr name the networks.",
     "通信を運ぶ鍵は、IKEの鍵とは別に作ります。PFSでは新たにDH鍵交換を行うため、フェーズ1の鍵が破られても通信は読まれ"
     "ません。IDciとIDcrは対象のネットワークを示します。"},
    {"message.quick-mode-1.next", "{peer} checks HASH(1), compares the offer with its policy and answers.",
     "{peer}がHASH(1)を検査し、提案を自分のポリシーと比べて応答します。"},

    {"message.quick-mode-2.what",
     "{node} returns the chosen proposal ({offer}) with its own SPI {spi}, its nonce and HASH(2).",
     "{node}が、選んだプロポーザル（{offer}）に自分のSPI {spi}を付け、nonceとHASH(2)と一緒に返します。"},
    {"message.quick-mode-2.why",
     "Each side chooses the SPI under which it wants to receive. So a tunnel has two SPIs, one for each direction.",
     "SPIは、受信する側がそれぞれ自分で決めます。そのためトンネルには、方向ごとに2つのSPIがあります。"},
    {"message.quick-mode-2.next", "{peer} derives the ESP keys and confirms with Quick Mode 3.",
     "{peer}がESPの鍵を導出し、クイックモード3で確認します。"},

    {"message.quick-mode-3.what", "{node} sends HASH(3), computed over both nonces.",
     "{node}が、両方のnonceから計算したHASH(3)を送ります。"},
    {"message.quick-mode-3.why",
     "HASH(3) shows that {node} received the fresh nonce of {peer}. A recorded Quick Mode 1 that somebody plays back "
     "stops here.",
     "HASH(3)は、{node}が{peer}の新しいnonceを受け取ったことを示します。記録したクイックモード1を再生しただけの攻撃"
     "は、ここで止まります。"},
    {"message.quick-mode-3.next", "{peer} starts to use its IPsec SAs as well. The tunnel carries traffic.",
     "{peer}もIPsec SAを使い始めます。トンネルで通信できるようになります。"},

    {"story.quick-mode.initiator.send-1.title", "Phase 2 begins: {node} asks for IPsec SAs",
     "フェーズ2の開始：{node}がIPsec SAを要求"},
    {"story.quick-mode.initiator.send-1.again.title", "Phase 2 again: {node} asks for fresh IPsec SAs",
     "フェーズ2の再実行：{node}が新しいIPsec SAを要求"},
    {"story.quick-mode.initiator.send-1.again.why",
     "A new pair with new keys takes over before the old one ends, so that the traffic does not stop.",
     "古いペアが終わる前に、新しい鍵を持つペアへ引き継ぎます。通信は止まりません。"},
    {"story.quick-mode.initiator.send-1.what",
     "{node} chooses an SPI for what it will receive, draws a nonce and prepares Quick Mode 1 for {peer}.",
     "{node}は、自分が受信に使うSPIを決め、nonceを作り、{peer}宛てのクイックモード1を用意します。"},
    {"story.quick-mode.initiator.send-1.why",
     "The ISAKMP SA protects IKE itself. The traffic needs SAs of its own, with own keys and a shorter life.",
     "ISAKMP SAが守るのはIKE自身です。通信には、専用の鍵とより短いライフタイムを持つSAが別に必要です。"},
    {"story.quick-mode.initiator.send-1.next", "Quick Mode 1 goes out, encrypted and with HASH(1).",
     "クイックモード1を暗号化し、HASH(1)を付けて送ります。"},

    {"story.quick-mode.responder.receive-1.title", "{node} chooses the protection for the traffic",
     "{node}が通信の保護方法を選択"},
    {"story.quick-mode.responder.receive-1.what",
     "HASH(1) is right, so the message really comes from {peer}. {node} finds an acceptable proposal and chooses an "
     "SPI for its own receiving side.",
     "HASH(1)が正しいので、確かに{peer}からのメッセージです。{node}は受け入れ可能なプロポーザルを選び、自分の受信用の"
     "SPIを決めます。"},
    {"story.quick-mode.responder.receive-1.why",
     "As in phase 1 the responder chooses and does not change. It also checks the proxy IDs and whether PFS is used.",
     "フェーズ1と同じく、レスポンダーは選ぶだけで変更しません。プロキシIDと、PFSの有無も確認します。"},
    {"story.quick-mode.responder.receive-1.next", "It answers with Quick Mode 2.", "クイックモード2で応答します。"},

    {"story.quick-mode.initiator.receive-2.title", "{node} derives the ESP keys and installs the IPsec SAs",
     "{node}がESPの鍵を導出し、IPsec SAを使用開始"},
    {"story.quick-mode.initiator.receive-2.what",
     "HASH(2) is right. {node} derives KEYMAT from SKEYID_d, both nonces and the SPIs, and cuts it into an encryption "
     "key and an integrity key for each direction.",
     "HASH(2)は正しい値です。{node}はSKEYID_d、両方のnonce、SPIからKEYMATを導出し、方向ごとに暗号鍵と認証鍵へ切り分け"
     "ます。"},
    {"story.quick-mode.initiator.receive-2.why",
     "The SPI is part of the derivation, so each direction gets other keys although all else is equal.",
     "導出にSPIが含まれるため、ほかの入力が同じでも、方向ごとに異なる鍵になります。"},
    {"story.quick-mode.initiator.receive-2.next", "Quick Mode 3 confirms, and traffic may flow at once.",
     "クイックモード3で確認し、すぐに通信を流せます。"},

    {"story.quick-mode.responder.receive-3.title", "Phase 2 is complete: the tunnel is up",
     "フェーズ2の完了：トンネルが確立"},
    {"story.quick-mode.responder.receive-3.again.title", "Phase 2 is complete: new keys are in use",
     "フェーズ2の完了：新しい鍵を使用開始"},
    {"story.quick-mode.responder.receive-3.again.why",
     "For a while both pairs of SAs receive, so that packets on the way are not lost.",
     "しばらくは新旧両方のSAで受信し、転送中のパケットが失われないようにします。"},
    {"story.quick-mode.responder.receive-3.what",
     "HASH(3) is right: {peer} is present. {node} uses its IPsec SAs now. Both ends have the same keys.",
     "HASH(3)が正しく、{peer}が今そこにいると分かりました。{node}もIPsec SAを使い始めます。両端の鍵は同じです。"},
    {"story.quick-mode.responder.receive-3.why",
     "A tunnel is nothing but these SAs: a rule which packets to wrap, and the keys to do it.",
     "トンネルの実体はこのSAです。どのパケットを包むかという規則と、そのための鍵からなります。"},
    {"story.quick-mode.responder.receive-3.next",
     "Packets between the two sites travel as ESP. Before the lifetime ends, quick mode is run again.",
     "2つの拠点間のパケットは、ESPで運ばれます。ライフタイムが終わる前に、もう一度クイックモードを実行します。"},
});

}  // namespace

std::span<const CatalogueEntry> quick_mode_texts() { return entries; }

}  // namespace viz
