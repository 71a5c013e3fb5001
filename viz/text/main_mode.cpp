#include <array>

#include "viz/text/catalogue.h"

/// Phase 1 in main mode with a pre-shared key: what each message is for, and what each side does with it.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"message.main-mode-1.what",
     "{node} ({source}) sends the first message to {peer} ({target}). Its SA payload offers: {offer}. The initiator's "
     "cookie is {cookie_i}; the responder's is still zero.",
     "{node}（{source}）が、{peer}（{target}）へ最初のメッセージを送ります。SAペイロードで提案する内容：{offer}。イニ"
     "シエーターのクッキーは{cookie_i}で、レスポンダーのクッキーはまだ0です。"},
    {"message.main-mode-1.why",
     "Before anything secret can be done, both sides must agree how: cipher, hash, authentication method, "
     "Diffie-Hellman group, lifetime. This part travels in the clear.",
     "秘密の通信を始める前に、その方法を双方で取り決める必要があります。暗号化、ハッシュ、認証方式、DHグループ、ライフ"
     "タイムです。このやり取りは平文です。"},
    {"message.main-mode-1.next",
     "{peer} compares the offer with its own policy and chooses one proposal, or refuses them all.",
     "{peer}が提案を自分のポリシーと比べ、1つを選ぶか、すべてを拒否します。"},

    {"message.main-mode-2.what",
     "{node} returns exactly one proposal to {peer}, unchanged: {offer}. It adds its own cookie {cookie_r}.",
     "{node}が{peer}へ、プロポーザルを1つだけ、変更せずに返します：{offer}。自分のクッキー{cookie_r}も加えます。"},
    {"message.main-mode-2.why",
     "The responder may only choose, never change. Whether somebody weakened the offer on its way is proven later: "
     "HASH_I "
     "and HASH_R cover the initiator's SA payload. The two cookies together now name this ISAKMP SA.",
     "レスポンダーは選ぶだけで、変更はできません。提案が途中で弱い内容に書き換えられていないかは、あとでHASH_"
     "IとHASH_"
     "Rが証明します。どちらもイニシエーターのSAペイロードを含めて計算されるからです。以降、2つのクッキーの組がこの"
     "ISAKMP SAを示します。"},
    {"message.main-mode-2.next",
     "{peer} makes a Diffie-Hellman key pair in the chosen group and sends its public half.",
     "{peer}が、選ばれたグループでDHの鍵ペアを作り、公開値を送ります。"},

    {"message.main-mode-3.what",
     "{node} sends its Diffie-Hellman public value g^xi ({ke_size} octets) and a nonce of {nonce_size} random octets. "
     "The private value x stays at home.",
     "{node}が、DHの公開値 g^xi（{ke_size}オクテット）と、{nonce_size}オクテットの乱数であるnonceを送ります。秘密の値x"
     "は手元に残します。"},
    {"message.main-mode-3.why",
     "From g^xi nobody can compute x in reasonable time. The nonce is fresh for every exchange, so that the keys are "
     "fresh as well.",
     "g^xiからxを現実的な時間で計算することは誰にもできません。nonceは交換ごとに新しいため、鍵も毎回新しくなります。"},
    {"message.main-mode-3.next", "{peer} answers with its own public value and nonce.",
     "{peer}が、自分の公開値とnonceを返します。"},

    {"message.main-mode-4.what",
     "{node} sends its Diffie-Hellman public value g^xr ({ke_size} octets) and its nonce of {nonce_size} octets.",
     "{node}が、DHの公開値 g^xr（{ke_size}オクテット）と、{nonce_size}オクテットのnonceを送ります。"},
    {"message.main-mode-4.why",
     "Now each side has the other's public value, and both can compute the same secret g^xy. An eavesdropper saw both "
     "public values and still cannot.",
     "双方が相手の公開値を手に入れ、同じ秘密 g^xy を計算できるようになりました。盗聴者は両方の公開値を見ていますが、計"
     "算できません。"},
    {"message.main-mode-4.next",
     "Both sides derive SKEYID and the keys. From the next message on, everything is encrypted.",
     "双方がSKEYIDと各鍵を導出します。次のメッセージからはすべて暗号化されます。"},

    {"message.main-mode-5.what",
     "{node} sends the first encrypted message: its identity IDii and HASH_I, the proof that it knows the pre-shared "
     "key.",
     "{node}が、最初の暗号化メッセージを送ります。中身は自分のID（IDii）と、事前共有鍵を知っていることの証明（HASH_I）"
     "です。"},
    {"message.main-mode-5.why",
     "So far nobody knew whom they talk to. Encrypting the identity hides it from an eavesdropper: RFC 2408 therefore "
     "calls main mode “identity protection”.",
     "ここまでは、互いに相手が誰か分かっていません。IDは暗号化されるため、盗聴者には見えません。RFC 2408がメインモード"
     "を「identity protection」と呼ぶのはこのためです。"},
    {"message.main-mode-5.next", "{peer} decrypts it, checks HASH_I and, if it is right, proves itself in turn.",
     "{peer}が復号してHASH_Iを検査し、正しければ、今度は自分を証明します。"},

    {"message.main-mode-6.what", "{node} sends its identity IDir and HASH_R, encrypted.",
     "{node}が、自分のID（IDir）とHASH_Rを暗号化して送ります。"},
    {"message.main-mode-6.why",
     "Authentication must be mutual: {peer} also wants to know that it talks to the right gateway and not to someone "
     "in between.",
     "対向認証は双方向に必要です。{peer}も、間に割り込んだ第三者ではなく、正しい機器と話していることを確かめます。"},
    {"message.main-mode-6.next", "When {peer} has checked HASH_R, the ISAKMP SA is up and phase 2 can begin.",
     "{peer}がHASH_Rの検査を終えるとISAKMP SAが確立し、フェーズ2を始められます。"},

    {"story.main-mode.initiator.send-1.title", "Phase 1 begins: {node} is the initiator",
     "フェーズ1の開始：{node}がイニシエーター"},
    {"story.main-mode.initiator.send-1.again.title", "Phase 1 again: {node} renews the ISAKMP SA",
     "フェーズ1の再実行：{node}がISAKMP SAを更新"},
    {"story.main-mode.initiator.send-1.again.what",
     "{node} begins a new main mode with {peer} ({peer_address}), with new cookies, nonces and Diffie-Hellman values.",
     "{node}が{peer}（{peer_address}）と、新しいクッキー、nonce、DHの値でメインモードをやり直します。"},
    {"story.main-mode.initiator.send-1.again.why",
     "The keys of the old ISAKMP SA have a limited life. IKEv1 cannot renew them, it starts over.",
     "古いISAKMP SAの鍵には寿命があります。IKEv1には鍵だけを更新する手段がなく、最初からやり直します。"},
    {"story.main-mode.initiator.send-1.what",
     "{node} wants a tunnel to {peer} ({peer_address}). It draws a random cookie and prepares Main Mode 1 with its "
     "proposals.",
     "{node}は{peer}（{peer_address}）とのトンネルを必要としています。乱数のクッキーを作り、プロポーザルを載せたメイン"
     "モード1を用意します。"},
    {"story.main-mode.initiator.send-1.why",
     "An IPsec SA needs keys, and keys need a protected channel. Phase 1 builds that channel: the ISAKMP SA.",
     "IPsec SAには鍵が必要で、鍵の取り決めには保護された通信路が必要です。フェーズ1は、その通信路であるISAKMP SAを作り"
     "ます。"},
    {"story.main-mode.initiator.send-1.next", "Main Mode 1 goes to {peer}.", "メインモード1を{peer}へ送ります。"},

    {"story.main-mode.responder.receive-1.title", "{node} chooses a proposal", "{node}がプロポーザルを選択"},
    {"story.main-mode.responder.receive-1.what",
     "{node} holds the offer of {peer} against its policy, attribute by attribute, and accepts {transform}.",
     "{node}は{peer}の提案を自分のポリシーと属性ごとに比べ、{transform}を受け入れます。"},
    {"story.main-mode.responder.receive-1.why",
     "All attributes of one transform must be acceptable together. Almost right is not enough.",
     "1つのトランスフォームのすべての属性が受け入れ可能でなければなりません。「ほぼ一致」では不十分です。"},
    {"story.main-mode.responder.receive-1.next", "It answers with Main Mode 2.", "メインモード2で応答します。"},

    {"story.main-mode.initiator.receive-2.title", "{node} accepts the choice and makes a key pair",
     "{node}が選択を確認し、DHの鍵ペアを作成"},
    {"story.main-mode.initiator.receive-2.what",
     "{peer} chose {transform}. {node} checks that this is one of its own offers, draws a private value and computes "
     "its Diffie-Hellman public value.",
     "{peer}は{transform}を選びました。{node}は、自分が提案したものであることを確かめ、秘密の値を作ってDHの公開値を計"
     "算します。"},
    {"story.main-mode.initiator.receive-2.why",
     "Now the algorithms are fixed. What is missing is a secret that both know and nobody else.",
     "アルゴリズムは決まりました。足りないのは、2者だけが知る秘密です。"},
    {"story.main-mode.initiator.receive-2.next", "The public value goes out in Main Mode 3.",
     "公開値をメインモード3で送ります。"},

    {"story.main-mode.responder.receive-3.title", "{node} computes the shared secret", "{node}が共有秘密を計算"},
    {"story.main-mode.responder.receive-3.what",
     "{node} has the public value of {peer}. It makes its own key pair, computes g^xy, and derives SKEYID, SKEYID_d, "
     "SKEYID_a and SKEYID_e.",
     "{node}は{peer}の公開値を受け取りました。自分の鍵ペアを作ってg^xyを計算し、SKEYID、SKEYID_d、SKEYID_a、SKEYID_eを"
     "導出します。"},
    {"story.main-mode.responder.receive-3.why",
     "SKEYID is made from the pre-shared key and both nonces. This is the moment at which a wrong pre-shared key "
     "spoils every key, though nobody notices yet.",
     "SKEYIDは、事前共有鍵と両方のnonceから作ります。事前共有鍵が誤っていれば、この時点で以降の鍵がすべて食い違います"
     "が、まだ誰も気付きません。"},
    {"story.main-mode.responder.receive-3.next", "Main Mode 4 carries its public value and nonce to {peer}.",
     "メインモード4で、公開値とnonceを{peer}へ送ります。"},

    {"story.main-mode.initiator.receive-4.title", "{node} derives the keys and proves who it is",
     "{node}が鍵を導出し、本人であることを証明"},
    {"story.main-mode.initiator.receive-4.what",
     "{node} computes g^xy and derives the SKEYID values in the same way as {peer}. With SKEYID it makes HASH_I over "
     "both public values, both cookies, its offer and its identity.",
     "{node}も{peer}と同じ手順でg^xyを計算し、SKEYIDの各値を導出します。SKEYIDを使い、両方の公開値、両方のクッキー、自"
     "分の提案、自分のIDからHASH_Iを作ります。"},
    {"story.main-mode.initiator.receive-4.why",
     "Only someone with the pre-shared key can compute this HASH. It covers the offer too, so a change to the first "
     "messages comes to light now.",
     "このHASHを計算できるのは、事前共有鍵を知る者だけです。提案も対象に含むため、最初の平文メッセージへの改ざんもここ"
     "で発覚します。"},
    {"story.main-mode.initiator.receive-4.next", "Main Mode 5 goes out, encrypted with the key made from SKEYID_e.",
     "SKEYID_eから作った鍵で暗号化し、メインモード5を送ります。"},

    {"story.main-mode.responder.receive-5.title", "{node} has authenticated {peer}", "{node}が{peer}を認証"},
    {"story.main-mode.responder.receive-5.what",
     "{node} decrypts Main Mode 5 and computes HASH_I itself. It is equal to the one received: {peer} knows the "
     "pre-shared key. For {node}, the ISAKMP SA is up.",
     "{node}はメインモード5を復号し、HASH_Iを自分でも計算します。受信した値と一致したので、{peer}は事前共有鍵を知って"
     "います。{node}にとって、ISAKMP SAは確立しました。"},
    {"story.main-mode.responder.receive-5.why",
     "The key itself was never sent. Both sides only show results that cannot be had without it.",
     "鍵そのものは一度も送られません。鍵がなければ得られない計算結果だけを互いに示します。"},
    {"story.main-mode.responder.receive-5.next", "{node} proves itself with Main Mode 6.",
     "{node}がメインモード6で自分を証明します。"},

    {"story.main-mode.initiator.receive-6.title", "Phase 1 is complete: the ISAKMP SA is up",
     "フェーズ1の完了：ISAKMP SAが確立"},
    {"story.main-mode.initiator.receive-6.again.title", "Phase 1 is complete: a new ISAKMP SA is up",
     "フェーズ1の完了：新しいISAKMP SAが確立"},
    {"story.main-mode.initiator.receive-6.what",
     "{node} checks HASH_R of {peer}: it is right. Both sides are authenticated, and the ISAKMP SA ({transform}) is "
     "established.",
     "{node}が{peer}のHASH_Rを検査し、正しいことを確認しました。対向認証が双方で完了し、ISAKMP SA（{transform}）が確立"
     "しました。"},
    {"story.main-mode.initiator.receive-6.why",
     "The ISAKMP SA carries no user traffic. It is the protected channel in which phase 2, DPD and DELETE messages "
     "travel.",
     "ISAKMP SAは、ユーザーの通信を運びません。フェーズ2、DPD、DELETEのメッセージを守るための通信路です。"},
    {"story.main-mode.initiator.receive-6.next", "Quick mode: the IPsec SAs for the traffic are negotiated.",
     "次はクイックモードです。通信を運ぶIPsec SAをネゴシエーションします。"},
});

}  // namespace

std::span<const CatalogueEntry> main_mode_texts() { return entries; }

}  // namespace viz
