#include <array>

#include "viz/text/catalogue.h"

/// Reasons of ESP and of the tunnel: a line for the ladder, why it happened, what a person does about it.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"reason.no-sa", "no SA to protect it", "保護するSAがない"},
    {"reason.no-sa.why",
     "The policy says that this traffic must be protected, but there is no IPsec SA yet. Sending it in the clear "
     "would break the policy.",
     "ポリシーではこの通信を保護する必要がありますが、IPsec SAがまだありません。平文で送るとポリシー違反になります。"},
    {"reason.no-sa.fix",
     "Wait for phase 2, or find out why it failed. Somebody has to initiate: auto refresh on the Yamaha, start on AWS.",
     "フェーズ2の完了を待つか、失敗の原因を調べます。どちらかが開始する必要があります（ヤマハルーターはauto refresh、"
     "AWSはstart）。"},

    {"reason.unknown-spi", "no SA has this SPI", "SPIに合うSAがない"},
    {"reason.unknown-spi.why",
     "The SPI tells the receiver which keys to use. It has no SA with this number: after a restart or a delete, the "
     "sender still uses the old one.",
     "SPIは、受信側がどの鍵を使うかを示す番号です。この番号のSAがありません。再起動や削除の後も、送信側が古いSAを使い"
     "続けています。"},
    {"reason.unknown-spi.fix",
     "Compare the SPIs of both sides in the state panel. DPD ends the old SA, then a new one is made.",
     "状態パネルで両側のSPIを比べます。DPDが古いSAを終わらせた後、新しいSAが作られます。"},

    {"reason.icv-mismatch", "the integrity check failed", "ICVが不一致（完全性検査に失敗）"},
    {"reason.icv-mismatch.why",
     "The receiver computed the ICV over the packet, and it differs from the one at its end. A bit was changed on the "
     "way, or the keys differ. Nothing is decrypted.",
     "受信側がパケットから計算したICVと、末尾のICVが異なります。途中でビットが変わったか、鍵が異なります。復号は行いま"
     "せん。"},
    {"reason.icv-mismatch.fix",
     "A single one can be a damaged packet. If all fail, compare algorithm and keys of both SAs.",
     "1つだけなら破損したパケットかもしれません。すべて失敗するなら、両側のSAのアルゴリズムと鍵を比べます。"},

    {"reason.replayed", "this sequence number was received before", "受信済みのシーケンス番号"},
    {"reason.replayed.why",
     "The anti-replay window marks every sequence number that came in. This one is marked already: the packet is a "
     "copy.",
     "リプレイ防止ウィンドウは、受信したシーケンス番号を記録します。この番号は記録済みで、パケットは複製です。"},
    {"reason.replayed.fix", "Look for who repeats packets: an attacker, or a network that duplicates them.",
     "パケットを繰り返しているものを探します。攻撃者か、パケットを複製するネットワークです。"},

    {"reason.outside-replay-window", "older than the anti-replay window", "リプレイ防止ウィンドウより古い"},
    {"reason.outside-replay-window.why",
     "The sequence number lies so far behind the highest one that the receiver no longer knows whether it saw it.",
     "シーケンス番号が最大値から大きく遅れているため、受信済みかどうかを受信側は判断できません。"},
    {"reason.outside-replay-window.fix",
     "Packets are delayed or reordered, often by QoS. Use a larger window (AWS: 64 to 2048).",
     "QoSなどでパケットが遅延または順序逆転しています。ウィンドウを大きくします（AWSでは64～2048）。"},

    {"reason.bad-padding", "the padding is wrong", "パディングが不正"},
    {"reason.bad-padding.why",
     "ESP padding counts 1, 2, 3 and so on. After decryption it does not, so the packet was not made with this key.",
     "ESPのパディングは1、2、3…と続きます。復号結果がそうなっていないため、このパケットはこの鍵で作られたものではあり"
     "ません。"},
    {"reason.bad-padding.fix", "Compare the encryption keys and algorithms of both SAs.",
     "両側のSAの暗号鍵と暗号化アルゴリズムを比べます。"},

    {"reason.sequence-exhausted", "the sequence number would start again", "シーケンス番号が一巡する"},
    {"reason.sequence-exhausted.why",
     "All 2^32 - 1 sequence numbers of this SA are used. Starting again would defeat the anti-replay check.",
     "このSAの2^32 - 1個のシーケンス番号を使い切りました。一巡するとリプレイ防止が働かなくなります。"},
    {"reason.sequence-exhausted.fix", "Rekey earlier: a lifetime in kilobytes helps on fast lines.",
     "より早くリキーします。高速な回線では、データ量によるライフタイムの設定が有効です。"},

    {"reason.selector-mismatch", "outside the SA's traffic selectors", "トラフィックセレクターの範囲外"},
    {"reason.selector-mismatch.why",
     "Phase 2 agreed on networks for this SA. The inner packet's addresses lie outside them.",
     "フェーズ2では、このSAで運ぶネットワークを取り決めました。内側のパケットのアドレスはその範囲外です。"},
    {"reason.selector-mismatch.fix",
     "Compare the proxy IDs of both sides. AWS is route-based: use 0.0.0.0/0 and decide by routing.",
     "両側のプロキシIDを比べます。AWSはルートベースなので、0.0.0.0/0を使い、経路で制御します。"},

    {"reason.tunnel-down", "the tunnel is down", "トンネルが停止している"},
    {"reason.tunnel-down.why",
     "The route points into the tunnel, but the tunnel is not up. The packet has nowhere to go.",
     "経路はトンネルを向いていますが、トンネルが確立していません。パケットの行き先がありません。"},
    {"reason.tunnel-down.fix",
     "Find the step at which the tunnel went down (or failed to come up) and read its reason.",
     "トンネルが停止した（または確立に失敗した）時点まで戻り、その理由を読みます。"},
});

}  // namespace

std::span<const CatalogueEntry> esp_reason_texts() { return entries; }

}  // namespace viz
