#include <array>

#include "viz/text/catalogue.h"

/// What each value of the key schedule is for, and why it is derived as it is.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"value.xi",
     "The initiator's private Diffie-Hellman value. It never leaves this peer; everything secret hangs on it.",
     "イニシエーターのDHの秘密の値です。このピアの外に出ることはなく、すべての秘密がこの値にかかっています。"},
    {"value.xr",
     "The responder's private Diffie-Hellman value. It never leaves this peer; everything secret hangs on it.",
     "レスポンダーのDHの秘密の値です。このピアの外に出ることはなく、すべての秘密がこの値にかかっています。"},
    {"value.g^xi", "The initiator's Diffie-Hellman public value. It may be seen by all: nobody can compute xi from it.",
     "イニシエーターのDH公開値です。誰に見られても、ここからxiは計算できません。"},
    {"value.g^xr", "The responder's Diffie-Hellman public value. It may be seen by all: nobody can compute xr from it.",
     "レスポンダーのDH公開値です。誰に見られても、ここからxrは計算できません。"},
    {"value.g^xy",
     "The shared secret. Each side takes the other's public value to the power of its own private value and gets the "
     "same number.",
     "共有秘密です。相手の公開値を自分の秘密の値で累乗すると、双方が同じ数を得ます。"},
    {"value.xi(qm)", "The initiator's private value for quick mode alone (PFS). It is thrown away after use.",
     "クイックモード専用の、イニシエーターの秘密の値です（PFS）。使用後に破棄します。"},
    {"value.xr(qm)", "The responder's private value for quick mode alone (PFS). It is thrown away after use.",
     "クイックモード専用の、レスポンダーの秘密の値です（PFS）。使用後に破棄します。"},
    {"value.g(qm)^xi", "The initiator's public value of quick mode's own Diffie-Hellman exchange (PFS).",
     "クイックモード独自のDH鍵交換における、イニシエーターの公開値です（PFS）。"},
    {"value.g(qm)^xr", "The responder's public value of quick mode's own Diffie-Hellman exchange (PFS).",
     "クイックモード独自のDH鍵交換における、レスポンダーの公開値です（PFS）。"},
    {"value.g(qm)^xy",
     "The shared secret of quick mode's own Diffie-Hellman exchange (PFS). Even who learns SKEYID_d later cannot "
     "compute the ESP keys without it.",
     "クイックモード独自のDH鍵交換による共有秘密です（PFS）。後からSKEYID_dを知られても、これがなければESPの鍵は計算で"
     "きません。"},
    {"value.SKEYID",
     "The root of all keys. With a pre-shared key it is prf(pre-shared key, Ni | Nr): it shows who knows the key, and "
     "the nonces make it new each time.",
     "すべての鍵の根です。事前共有鍵認証では prf(事前共有鍵, Ni | Nr) で、鍵を知る者だけが計算でき、nonceにより毎回新"
     "しくなります。"},
    {"value.SKEYID_d", "For deriving (d): the source of the ESP keys of phase 2. It protects no message itself.",
     "導出（derivation）用の鍵で、フェーズ2のESP鍵の元になります。これ自体でメッセージを保護することはありません。"},
    {"value.SKEYID_a", "For authentication (a): the key of HASH(1), HASH(2) and HASH(3) and of informational messages.",
     "認証（authentication）用の鍵です。HASH(1)、HASH(2)、HASH(3)とインフォメーショナルのHASHに使います。"},
    {"value.SKEYID_e", "For encryption (e): from it the key is made that encrypts IKE messages 5 and later.",
     "暗号化（encryption）用の鍵です。ここから、メッセージ5以降のIKEを暗号化する鍵を作ります。"},
    {"value.Ka K1", "First part of the expansion of SKEYID_e: needed where the cipher's key is longer than the hash.",
     "SKEYID_eを拡張した1つ目の部分です。暗号の鍵がハッシュの出力より長いときに必要です。"},
    {"value.Ka K2", "Second part of the expansion of SKEYID_e: the part before is fed back in.",
     "SKEYID_eを拡張した2つ目の部分です。直前の部分を入力に使います。"},
    {"value.Ka K3", "Third part of the expansion of SKEYID_e: the part before is fed back in.",
     "SKEYID_eを拡張した3つ目の部分です。直前の部分を入力に使います。"},
    {"value.Ka", "The parts of the expansion one after the other: the cipher's key is cut from its beginning.",
     "拡張した部分をつなげたものです。先頭から暗号の鍵を切り出します。"},
    {"value.encryption key",
     "The cipher's key for IKE messages: the first octets of SKEYID_e, or an expansion of it where the cipher needs "
     "more.",
     "IKEメッセージを暗号化する鍵です。SKEYID_eの先頭部分か、足りない場合は拡張した値を使います。"},
    {"value.HASH_I",
     "The initiator's proof: a keyed hash over both public values, both cookies, the offer and its identity. The key "
     "is SKEYID.",
     "イニシエーターの証明です。両方の公開値、両方のクッキー、提案、自分のIDを、SKEYIDを鍵としてハッシュします。"},
    {"value.HASH_R",
     "The responder's proof. The order of the values is turned around, so that HASH_I cannot simply be sent back.",
     "レスポンダーの証明です。HASH_Iを送り返すだけでは通らないよう、値の順序を入れ替えて計算します。"},
    {"value.HASH(1)",
     "Authenticates the message: a keyed hash (SKEYID_a) over the message ID and all payloads behind it.",
     "メッセージを認証します。メッセージIDと後続の全ペイロードを、SKEYID_aを鍵としてハッシュします。"},
    {"value.HASH(2)",
     "As HASH(1), but with the initiator's nonce in it: it proves that the answer belongs to this question.",
     "HASH(1)と同様ですが、イニシエーターのnonceも含みます。この要求に対する応答であることを証明します。"},
    {"value.HASH(3)", "Over a zero octet, the message ID and both nonces: proves that the initiator is present now.",
     "0のオクテット、メッセージID、両方のnonceから計算します。イニシエーターが今そこにいることを証明します。"},
    {"value.KEYMAT",
     "Key material for one direction's ESP SA, as long as needed. It is cut into the encryption key and the integrity "
     "key.",
     "1方向のESP SAに必要な長さの鍵素材です。暗号鍵と認証鍵に切り分けて使います。"},
    {"value.K1", "First part of KEYMAT. One output of the PRF is often too short for both keys.",
     "KEYMATの1つ目の部分です。PRFの出力1回分では、2つの鍵に足りないことがよくあります。"},
    {"value.K2", "Second part of KEYMAT: made from the part before and the same inputs.",
     "KEYMATの2つ目の部分です。直前の部分と同じ入力から作ります。"},
    {"value.K3", "Third part of KEYMAT: made from the part before and the same inputs.",
     "KEYMATの3つ目の部分です。直前の部分と同じ入力から作ります。"},
    {"value.K4", "Fourth part of KEYMAT: made from the part before and the same inputs.",
     "KEYMATの4つ目の部分です。直前の部分と同じ入力から作ります。"},
    {"value.K5", "Fifth part of KEYMAT: made from the part before and the same inputs.",
     "KEYMATの5つ目の部分です。直前の部分と同じ入力から作ります。"},
    {"value.K6", "Sixth part of KEYMAT: made from the part before and the same inputs.",
     "KEYMATの6つ目の部分です。直前の部分と同じ入力から作ります。"},
    {"value.IV material", "A hash from whose beginning the IV is cut. Both sides compute it, it is not sent.",
     "先頭からIVを切り出すためのハッシュ値です。双方が計算するので、送る必要はありません。"},
    {"value.last phase 1 CBC block",
     "The last ciphertext block of phase 1. With the message ID it gives the first IV of each phase 2 exchange.",
     "フェーズ1の最後の暗号文ブロックです。メッセージIDとともに、フェーズ2の各交換の最初のIVになります。"},
    {"value.IV",
     "The start value of CBC. For the first encrypted message it is a hash of both public values; after that the last "
     "block of the message before.",
     "CBCの初期値です。最初の暗号化メッセージでは両方の公開値のハッシュ、以降は直前のメッセージの最終ブロックを使いま"
     "す。"},
    {"value.ESP encryption key", "Encrypts the traffic of one direction. The first part of KEYMAT.",
     "1方向の通信を暗号化する鍵です。KEYMATの前半から取ります。"},
    {"value.ESP integrity key", "Makes and checks the ICV of one direction. The second part of KEYMAT.",
     "1方向のICVを作り、検査するための鍵です。KEYMATの後半から取ります。"},
});

}  // namespace

std::span<const CatalogueEntry> value_texts() { return entries; }

}  // namespace viz
