#include <array>

#include "viz/text/catalogue.h"

/// Reasons of parsers, links and the IPv4 network: a line for the ladder, why it happened, what a person does about it.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"reason.none", "no failure", "問題なし"},
    {"reason.none.why", "Nothing went wrong.", "何も問題は起きていません。"},
    {"reason.none.fix", "There is nothing to change.", "変更するものはありません。"},

    {"reason.malformed", "the message makes no sense", "メッセージの形式が正しくない"},
    {"reason.malformed.why",
     "A field holds a value that the format does not allow. The octets were damaged on the way, the sender has a bug, "
     "or the message was decrypted with the wrong key.",
     "フォーマットが許さない値がフィールドに入っています。途中で壊れたか、送信側の不具合か、誤った鍵で復号したかのいず"
     "れかです。"},
    {"reason.malformed.fix",
     "Look at the marked field in the inspector. If the message was encrypted, compare the pre-shared keys first.",
     "インスペクターで印の付いたフィールドを見ます。暗号化されたメッセージなら、まず両側の事前共有鍵を比べます。"},

    {"reason.truncated", "the packet ends too early", "パケットが途中で終わっている"},
    {"reason.truncated.why", "A length field promises more octets than arrived. A part of the packet is missing.",
     "長さフィールドが示すオクテット数より、届いたデータが短くなっています。パケットの一部が失われています。"},
    {"reason.truncated.fix", "Check for lost fragments and for devices on the way that cut packets.",
     "フラグメントの消失や、途中でパケットを切り詰める機器がないかを確認します。"},

    {"reason.bad-length", "a length field does not fit", "長さフィールドが合わない"},
    {"reason.bad-length.why",
     "A length contradicts the data around it, so the receiver cannot tell where the next part begins.",
     "長さの値が周りのデータと矛盾しているため、次の部分がどこから始まるのかを受信側は判断できません。"},
    {"reason.bad-length.fix",
     "Compare the length in the inspector with the octets that follow. In an encrypted message, suspect the key.",
     "インスペクターで長さの値と後続のオクテットを比べます。暗号化されたメッセージでは、鍵の不一致を疑います。"},

    {"reason.bad-checksum", "wrong checksum", "チェックサムが不一致"},
    {"reason.bad-checksum.why",
     "The checksum that the receiver computed differs from the one in the header: an octet changed on the way.",
     "受信側が計算したチェックサムがヘッダーの値と異なります。途中でオクテットが変化しました。"},
    {"reason.bad-checksum.fix",
     "Look for a faulty link, or for a device that rewrites packets without updating the checksum.",
     "リンクの故障や、チェックサムを更新せずにパケットを書き換える機器を探します。"},

    {"reason.unsupported-version", "version not supported", "対応していないバージョン"},
    {"reason.unsupported-version.why",
     "The version number names a format that this side does not speak, for example IKEv2 against a gateway for IKEv1.",
     "バージョン番号が、こちらで扱えない形式を示しています。たとえばIKEv1の機器にIKEv2で接続した場合です。"},
    {"reason.unsupported-version.fix", "Configure the same IKE version on both gateways.",
     "両方のゲートウェイに同じIKEのバージョンを設定します。"},

    {"reason.limit-exceeded", "more than is accepted", "受け入れの上限を超えた"},
    {"reason.limit-exceeded.why",
     "The message has more payloads, proposals or octets than this implementation accepts. Limits keep a hostile "
     "sender from wasting memory and time.",
     "ペイロード、プロポーザル、またはオクテットの数が、この実装の上限を超えています。上限は、悪意ある送信者にメモリー"
     "や時間を浪費させないためのものです。"},
    {"reason.limit-exceeded.fix", "Offer fewer proposals, or look for who sends such messages.",
     "提案するプロポーザルを減らします。心当たりがなければ、送信元を調べます。"},

    {"reason.link-down", "the link is down", "リンクが切断されている"},
    {"reason.link-down.why",
     "The cable is cut or the interface is off. The packet cannot leave, or is lost on the way.",
     "ケーブルが切れているか、インターフェースが停止しています。パケットは送り出せないか、途中で失われます。"},
    {"reason.link-down.fix",
     "Check the cable and the interface's state. IKE notices only through DPD or missing answers.",
     "ケーブルとインターフェースの状態を確認します。IKEは、DPDか応答の欠落によってのみ切断に気付きます。"},

    {"reason.link-loss", "lost on the link", "リンク上で消失"},
    {"reason.link-loss.why",
     "The link lost the packet. IP does not promise delivery; IKE repeats its messages, ESP leaves that to the "
     "applications.",
     "リンクがパケットを失いました。IPは到達を保証しません。IKEはメッセージを再送しますが、ESPは再送をアプリケーション"
     "に任せます。"},
    {"reason.link-loss.fix", "One loss is normal. Many losses point to a faulty or overloaded line.",
     "1回の消失は珍しくありません。続く場合は、回線の不良や混雑を疑います。"},

    {"reason.queue-full", "the queue is full", "キューがあふれた"},
    {"reason.queue-full.why", "Packets came faster than the link can send, and the waiting line before it was full.",
     "リンクの送信速度より速くパケットが到着し、手前の待ち行列がいっぱいになりました。"},
    {"reason.queue-full.fix",
     "Send more slowly, give the link more bandwidth, or let important packets go first (QoS).",
     "送信速度を下げるか、帯域を増やすか、重要なパケットを優先します（QoS）。"},

    {"reason.no-route", "no route to the destination", "宛先への経路がない"},
    {"reason.no-route.why",
     "No line of the routing table matches the destination address, so the node does not know where to send the "
     "packet.",
     "ルーティングテーブルに宛先アドレスと一致する行がなく、どこへ送ればよいのかをノードが判断できません。"},
    {"reason.no-route.fix",
     "Add a route. For a site-to-site VPN, route the remote network to the tunnel interface, and route back on the "
     "AWS side.",
     "経路を追加します。サイト間VPNでは、対向のネットワークをトンネルインターフェースへ向け、AWS側にも戻りの経路を設定"
     "します。"},

    {"reason.ttl-expired", "time to live ran out", "TTLが0になった"},
    {"reason.ttl-expired.why",
     "Each router takes one from the TTL. It reached zero, which usually means that the packet went in a circle.",
     "ルーターを通るたびにTTLは1ずつ減ります。0になったので、多くの場合、パケットはループしています。"},
    {"reason.ttl-expired.fix", "Look for two routers that send the packet to each other.",
     "互いにパケットを送り合っている2台のルーターを探します。"},

    {"reason.mtu-exceeded", "too large for the link, and DF is set", "MTUを超え、DFビットあり"},
    {"reason.mtu-exceeded.why",
     "The packet is larger than the link's MTU and its DF bit forbids cutting it. The router drops it and reports the "
     "MTU with ICMP type 3 code 4.",
     "パケットがリンクのMTUより大きく、DFビットによって分割が禁じられています。ルーターはパケットを破棄し、ICMPのタイ"
     "プ3コード4でMTUを通知します。"},
    {"reason.mtu-exceeded.fix", "Clamp the TCP MSS (the article uses 1379), clear the DF bit, and let ICMP through.",
     "TCPのMSSを制限し（記事では1379）、DFビットをクリアし、ICMPを遮断しないようにします。"},

    {"reason.reassembly-timeout", "fragments are missing", "フラグメントがそろわない"},
    {"reason.reassembly-timeout.why",
     "Some fragments of the packet arrived, but not all of them in time. The receiver throws the rest away.",
     "一部のフラグメントは届きましたが、時間内に全部はそろいませんでした。受信側は残りを破棄します。"},
    {"reason.reassembly-timeout.fix",
     "Keep packets below the MTU so that they need not be cut. Check filters: some drop every fragment.",
     "分割が不要になるよう、パケットをMTU以下に抑えます。フラグメントをすべて捨てるフィルターがないかも確認します。"},

    {"reason.host-unreachable", "no node has this address", "このアドレスのノードがない"},
    {"reason.host-unreachable.why",
     "The last router delivers to the destination's network, but nobody there has the address.",
     "最後のルーターは宛先のネットワークまで届けられますが、そこに該当するアドレスのノードがいません。"},
    {"reason.host-unreachable.fix", "Check the address, and whether the host is on and in the right subnet.",
     "アドレスが正しいか、ホストが起動していて正しいサブネットにあるかを確認します。"},

    {"reason.protocol-unreachable", "protocol not served here", "このプロトコルは受け付けていない"},
    {"reason.protocol-unreachable.why",
     "The packet reached its address, but the node has nothing that handles this IP protocol.",
     "パケットは宛先に届きましたが、このIPプロトコルを処理するものがノードにありません。"},
    {"reason.protocol-unreachable.fix", "If it is protocol 50 (ESP), check that IPsec is configured at this address.",
     "プロトコル50（ESP）であれば、このアドレスでIPsecが設定されているかを確認します。"},

    {"reason.port-unreachable", "nothing listens on the port", "待ち受けのないポート"},
    {"reason.port-unreachable.why", "The packet reached its address, but no program listens on this UDP port.",
     "パケットは宛先に届きましたが、このUDPポートで待ち受けているプログラムがありません。"},
    {"reason.port-unreachable.fix", "If it is port 500 or 4500, check that IKE is enabled there.",
     "ポート500または4500であれば、相手でIKEが有効になっているかを確認します。"},

    {"reason.not-for-this-node", "not addressed to this node", "このノード宛てではない"},
    {"reason.not-for-this-node.why", "The packet has another node's address, and this node does not forward packets.",
     "パケットの宛先は別のノードであり、このノードはパケットを転送しません。"},
    {"reason.not-for-this-node.fix", "Check the routing table of the node before, and the addresses of both.",
     "1つ手前のノードのルーティングテーブルと、双方のアドレスを確認します。"},

    {"reason.administratively-prohibited", "refused by a filter", "フィルターで拒否"},
    {"reason.administratively-prohibited.why", "A filter on the way has a rule against this packet.",
     "途中のフィルターに、このパケットを拒否するルールがあります。"},
    {"reason.administratively-prohibited.fix", "Let UDP 500, IP protocol 50 (ESP) and, with NAT, UDP 4500 through.",
     "UDP 500とIPプロトコル50（ESP）を許可します。NATがある場合はUDP 4500も許可します。"},
});

}  // namespace

std::span<const CatalogueEntry> network_reason_texts() { return entries; }

}  // namespace viz
