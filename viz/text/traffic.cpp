#include <array>

#include "viz/text/catalogue.h"

/// Stories of packets that are not told by an IKE exchange: pings, UDP, TCP, ESP on its way, drops, timers, script.
namespace viz {
namespace {

constexpr std::array entries = std::to_array<CatalogueEntry>({
    {"traffic.esp.send.title", "ESP: {node} wraps {inner}", "ESP：{node}が{inner}をカプセル化"},
    {"traffic.esp.send.what",
     "{node} takes the inner packet {inner_source} → {inner_destination} ({inner_size} octets), encrypts it whole and "
     "puts ESP and a new IP header {source} → {target} around it. SPI {spi}, sequence number {sequence}, {size} "
     "octets on the line.",
     "{node}は内側のパケット {inner_source} → {inner_destination}（{inner_size}オクテット）を丸ごと暗号化し、ESPと新し"
     "いIPヘッダー {source} → {target} で包みます。SPIは{spi}、シーケンス番号は{sequence}、回線上では{size}オクテット"
     "です。"},
    {"traffic.esp.send.why",
     "In tunnel mode the private addresses stay hidden and cross the Internet inside a packet between two public "
     "addresses. The SPI tells the receiver which keys to use; the sequence number lets it detect copies.",
     "トンネルモードでは、プライベートアドレスは隠されたまま、2つのグローバルアドレス間のパケットに入ってインターネッ"
     "トを渡ります。SPIは受信側がどの鍵を使うかを、シーケンス番号は複製の検出を可能にします。"},
    {"traffic.esp.send.next",
     "The packet crosses the Internet to {destination}, which checks it and takes the inner packet out.",
     "パケットはインターネットを渡って{destination}に届き、検査の後、内側のパケットが取り出されます。"},

    {"traffic.esp.forward.title", "{node} passes an ESP packet on", "{node}がESPパケットを転送"},
    {"traffic.esp.forward.what",
     "{node} forwards the ESP packet {source} → {target} towards {to}. It sees the outer addresses, the SPI {spi} and "
     "the sequence number {sequence}, nothing more.",
     "{node}はESPパケット {source} → {target} を{to}へ転送します。見えるのは外側のアドレス、SPI {spi}、シーケンス番号"
     "{sequence}だけです。"},
    {"traffic.esp.forward.why",
     "For the Internet this is an ordinary IP packet of protocol 50. What is inside is encrypted.",
     "インターネットから見れば、プロトコル番号50の普通のIPパケットです。中身は暗号化されています。"},
    {"traffic.esp.forward.next", "It goes on to {destination}.", "次は{destination}へ向かいます。"},

    {"traffic.esp.receive.title", "ESP: {node} unwraps {inner}", "ESP：{node}が{inner}を取り出す"},
    {"traffic.esp.receive.what",
     "{node} finds the SA by SPI {spi}, checks sequence number {sequence} against the anti-replay window, then the "
     "ICV, and only then decrypts. Inside is {inner_source} → {inner_destination}, {inner_size} octets.",
     "{node}はSPI {spi}でSAを探し、シーケンス番号{sequence}をリプレイ防止ウィンドウと照合し、ICVを検査し、それから復号"
     "します。中身は{inner_source} → {inner_destination}、{inner_size}オクテットです。"},
    {"traffic.esp.receive.why",
     "Checking before decrypting costs little and keeps forged or copied packets away from the cipher.",
     "復号より先に検査すれば負荷が小さく、偽造や複製のパケットを復号処理に近付けずに済みます。"},
    {"traffic.esp.receive.next", "The inner packet goes on as if there had been no tunnel.",
     "内側のパケットは、トンネルがなかったかのように先へ進みます。"},

    {"traffic.icmp.send.title", "{node} sends: {label}", "{node}が送信：{label}"},
    {"traffic.icmp.send.what", "{node} sends {label} from {source} to {target}, {size} octets.",
     "{node}が{label}を {source} から {target} へ送ります（{size}オクテット）。"},
    {"traffic.icmp.send.why",
     "An echo request asks for an echo reply: the simplest way to see whether packets pass in both directions.",
     "エコー要求にはエコー応答が返ります。双方向にパケットが通るかを確かめる、最も簡単な方法です。"},
    {"traffic.icmp.send.next", "It travels towards {destination}.", "{destination}へ向かいます。"},
    {"traffic.icmp.forward.title", "{node} passes on: {label}", "{node}が転送：{label}"},
    {"traffic.icmp.forward.what", "{node} takes {label} {source} → {target} and sends it to {to}.",
     "{node}が{label}（{source} → {target}）を{to}へ送ります。"},
    {"traffic.icmp.forward.why",
     "The destination address and the routing table decide the way. The TTL goes down by one.",
     "経路は、宛先アドレスとルーティングテーブルで決まります。TTLは1減ります。"},
    {"traffic.icmp.forward.next", "It travels towards {destination}.", "{destination}へ向かいます。"},
    {"traffic.icmp.receive.title", "{node} receives: {label}", "{node}が受信：{label}"},
    {"traffic.icmp.receive.what", "{label} from {source} has reached {node}.",
     "{source} からの{label}が{node}に届きました。"},
    {"traffic.icmp.receive.next", "An echo request is answered; an echo reply ends the round trip.",
     "エコー要求なら応答が返ります。エコー応答なら、これで往復が完了です。"},

    {"traffic.icmp-error.title", "{node} reports: {label}", "{node}が通知：{label}"},
    {"traffic.icmp-error.what", "{node} tells {destination} with ICMP that a packet was not delivered: {label}.",
     "{node}は、パケットを届けられなかったことをICMPで{destination}に知らせます：{label}。"},
    {"traffic.icmp-error.why",
     "IP itself loses packets silently. ICMP errors let the sender find out and, for a packet that is too large, "
     "learn the MTU.",
     "IP自体は、パケットを黙って失います。ICMPエラーがあれば送信元は原因を知り、大きすぎた場合はMTUも分かります。"},
    {"traffic.icmp-error.next", "The sender may try again in another way, for example with smaller packets.",
     "送信元は、たとえばパケットを小さくするなど、別の方法で再試行できます。"},

    {"traffic.packet.send.title", "{node} sends: {label}", "{node}が送信：{label}"},
    {"traffic.packet.send.what", "{node} sends {label} from {source} to {target}, {size} octets.",
     "{node}が{label}を {source} から {target} へ送ります（{size}オクテット）。"},
    {"traffic.packet.send.why",
     "The application knows nothing of the tunnel. Routing decides whether the packet takes it.",
     "アプリケーションはトンネルの存在を知りません。トンネルを通るかどうかは経路が決めます。"},
    {"traffic.packet.send.next", "It travels towards {destination}.", "{destination}へ向かいます。"},
    {"traffic.packet.forward.title", "{node} passes on: {label}", "{node}が転送：{label}"},
    {"traffic.packet.forward.what", "{node} takes {label} {source} → {target} and sends it to {to}.",
     "{node}が{label}（{source} → {target}）を{to}へ送ります。"},
    {"traffic.packet.forward.why",
     "The destination address and the routing table decide the way. The TTL goes down by one.",
     "経路は、宛先アドレスとルーティングテーブルで決まります。TTLは1減ります。"},
    {"traffic.packet.forward.next", "It travels towards {destination}.", "{destination}へ向かいます。"},
    {"traffic.packet.receive.title", "{node} receives: {label}", "{node}が受信：{label}"},
    {"traffic.packet.receive.what", "{label} from {source} has reached {node}.",
     "{source} からの{label}が{node}に届きました。"},
    {"traffic.packet.receive.why", "The packet is at its goal and goes to the program that waits for it.",
     "パケットは目的地に着き、待っているプログラムに渡されます。"},
    {"traffic.packet.receive.next", "An answer, if there is one, takes the same way back.",
     "応答があれば、同じ道を戻ります。"},

    {"traffic.ike.forward.title", "{node} passes {message} on", "{node}が{message}を転送"},
    {"traffic.ike.forward.what", "{node} forwards the UDP packet {source} → {target} towards {to}.",
     "{node}がUDPパケット {source} → {target} を{to}へ転送します。"},
    {"traffic.ike.forward.why",
     "IKE travels in ordinary UDP datagrams on port 500. A filter on the way must let them pass.",
     "IKEはポート500の普通のUDPデータグラムで運ばれます。途中のフィルターは、これを通す必要があります。"},
    {"traffic.ike.forward.next", "It goes on to {destination}.", "次は{destination}へ向かいます。"},
    {"traffic.ike.send.title", "{message}: {node} → {peer}", "{message}：{node} → {peer}"},
    {"traffic.ike.send.what", "{node} sends {message} from {source} to {target} over UDP port 500. {purpose}",
     "{node}が{message}をUDPポート500で {source} から {target} へ送ります。{purpose}"},
    {"traffic.ike.refused.title", "{node} does not accept {message}", "{node}が{message}を拒否"},
    {"traffic.ike.refused.what",
     "{node} receives a message from {peer} ({source}), meant as {message}. It does not accept it: {reason}.",
     "{node}が{peer}（{source}）から{message}のつもりで送られたメッセージを受け取りましたが、受け入れません："
     "{reason}。"},
    {"traffic.ike.refused.next", "Nothing changes at {node}. For {peer} it looks as if the message had been lost.",
     "{node}の状態は変わりません。{peer}からは、メッセージが失われたように見えます。"},
    {"traffic.ike.resend.title", "{message} again: {node} → {peer}", "{message}の再送：{node} → {peer}"},
    {"traffic.ike.resend.what", "{node} sends the same octets to {peer} once more: repetition {number}.",
     "{node}が、まったく同じ内容をもう一度{peer}へ送ります（再送{number}回目）。"},
    {"traffic.ike.resend.why",
     "No answer came in time. The same octets again, so that a peer that had received them recognises the copy.",
     "時間内に応答がありませんでした。同じ内容なので、受信済みの相手は重複と判断できます。"},
    {"traffic.ike.resend.next", "If the peer answers, the exchange goes on as if nothing had happened.",
     "応答があれば、何事もなかったように交換が続きます。"},
    {"traffic.ike.receive.title", "{message} reaches {node}", "{message}が{node}に届く"},
    {"traffic.ike.receive.what", "{node} receives {message} from {peer} ({source}). {purpose}",
     "{node}が{peer}（{source}）からの{message}を受け取ります。{purpose}"},

    {"traffic.carried.receive.why",
     "The packet came through the tunnel: the two sites talk as if they were one network.",
     "このパケットはトンネルを通ってきました。2つの拠点が、1つのネットワークであるかのように通信できています。"},

    {"eavesdropper.nothing.title", "Nothing to be seen from outside", "外からは何も見えない"},
    {"eavesdropper.nothing.what",
     "This happens inside a device or on a private line. An eavesdropper on the Internet learns nothing of it.",
     "機器の内部か、公開されていない回線での出来事です。インターネット上の盗聴者には何も分かりません。"},
    {"eavesdropper.ike-clear.title", "IKE in the clear: {source} → {target}", "平文のIKE：{source} → {target}"},
    {"eavesdropper.ike-clear.what", "All can be read: {message} with {payloads}.",
     "すべて読めます：{message}（{payloads}）。"},
    {"eavesdropper.ike-clear.why",
     "Phase 1 has to begin without keys. What is sent here must not be secret, and it is not: proposals, public "
     "values, nonces.",
     "フェーズ1は鍵のない状態から始まります。ここで送るのは秘密である必要のないもの、つまり提案、公開値、nonceだけで"
     "す。"},
    {"eavesdropper.ike-encrypted.title", "IKE, encrypted: {source} → {target}", "暗号化されたIKE：{source} → {target}"},
    {"eavesdropper.ike-encrypted.what",
     "The ISAKMP header can be read: cookies, exchange type, message ID. All behind it is noise, {size} octets in all.",
     "読めるのはISAKMPヘッダー（クッキー、交換タイプ、メッセージID）だけです。その後ろは意味のないデータに見えます。全"
     "体で{size}オクテットです。"},
    {"eavesdropper.ike-encrypted.why",
     "Who listened to the whole exchange still lacks the private Diffie-Hellman values and the pre-shared key.",
     "やり取りをすべて盗聴しても、DHの秘密の値と事前共有鍵は手に入りません。"},
    {"eavesdropper.esp.title", "ESP: {source} → {target}", "ESP：{source} → {target}"},
    {"eavesdropper.esp.what",
     "SPI {spi}, sequence number {sequence}, {size} octets. Who talks behind the gateways, and about what, cannot be "
     "seen.",
     "SPI {spi}、シーケンス番号{sequence}、{size}オクテット。ゲートウェイの内側で誰が何を話しているかは分かりません。"},
    {"eavesdropper.esp.why", "Size and time of the packets remain visible: traffic can be counted, not read.",
     "パケットの大きさと時刻は見えます。通信の量は数えられますが、内容は読めません。"},
    {"eavesdropper.packet.title", "In the clear: {label}", "平文の通信：{label}"},
    {"eavesdropper.packet.what", "{label} {source} → {target}, {size} octets: all of it can be read.",
     "{label}（{source} → {target}、{size}オクテット）は、すべて読めます。"},

    {"traffic.mss-clamp.title", "{node} lowers the MSS to {mss}", "{node}がMSSを{mss}に書き換え"},
    {"traffic.mss-clamp.what",
     "The TCP SYN {inner_source} → {inner_destination} announced an MSS of {mss_before}. {node} writes {mss} into the "
     "option, because the segments of this connection cross the tunnel.",
     "TCPのSYN {inner_source} → {inner_destination} のMSSは{mss_before}でした。この接続のセグメントはトンネルを通るた"
     "め、{node}はこのオプションを{mss}に書き換えます。"},
    {"traffic.mss-clamp.why",
     "ESP needs room for its headers. With a smaller MSS both hosts send segments that fit, and nothing has to be cut "
     "into fragments. On the Yamaha: ip tunnel tcp mss limit 1379.",
     "ESPのヘッダーの分だけ余裕が必要です。MSSを小さくすれば、双方のホストが収まる大きさのセグメントを送り、フラグメン"
     "ト化が不要になります。ヤマハルーターでは「ip tunnel tcp mss limit 1379」です。"},
    {"traffic.mss-clamp.next", "The other host takes this value as the largest segment it may send.",
     "相手のホストは、この値を送信できる最大セグメントとして扱います。"},

    {"traffic.fragment.send.title", "{node} sends a fragment", "{node}がフラグメントを送信"},
    {"traffic.fragment.send.what", "{node} cuts a packet that is too large for the link. This piece has {size} octets.",
     "{node}は、リンクに対して大きすぎるパケットを分割します。この断片は{size}オクテットです。"},
    {"traffic.fragment.send.why",
     "The link's MTU is smaller than the packet and its DF bit is not set. All pieces must arrive, or all is lost.",
     "リンクのMTUがパケットより小さく、DFビットは立っていません。断片が1つでも失われると、全体が失われます。"},
    {"traffic.fragment.send.next", "{destination} puts the pieces together again.",
     "{destination}が断片を元に戻します。"},

    {"traffic.drop.node.title", "{node} drops: {label}", "{node}が破棄：{label}"},
    {"traffic.drop.node.what", "{node} throws {label} {source} → {target} away: {reason}.",
     "{node}が{label}（{source} → {target}）を破棄します。理由：{reason}。"},
    {"traffic.drop.link.title", "Lost on the way: {label}", "途中で消失：{label}"},
    {"traffic.drop.link.what", "{label} {source} → {target} leaves {from} and never reaches {to}: {reason}.",
     "{label}（{source} → {target}）は{from}を出ましたが、{to}に届きません。理由：{reason}。"},

    {"traffic.timer.title", "A timer of {node} runs out", "{node}のタイマーが満了"},
    {"traffic.timer.what", "Something is due at {node}: see below.",
     "{node}で予定の時刻になりました。詳細は以下のとおりです。"},
    {"traffic.script.title", "The scenario acts: {action}", "シナリオの操作：{action}"},
    {"traffic.script.what", "At {time} a line of the scenario's script is carried out.",
     "{time}に、シナリオのスクリプトの1行を実行します。"},
});

}  // namespace

std::span<const CatalogueEntry> traffic_texts() { return entries; }

}  // namespace viz
