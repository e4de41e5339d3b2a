/// Which hosts webhooks may name, and which addresses they may lead to.
public struct WebhookHosts: Sendable, Equatable {
    /// In small letters. Of these no address is refused.
    private let allowed: Set<String>

    /// - Parameter list: Host names or addresses, parted by commas.
    public init(_ list: String = "") {
        allowed = Set(
            list.lowercased().split { $0 == "," || $0 == " " }.map {
                $0.first == "[" && $0.last == "]" ? String($0.dropFirst().dropLast()) : String($0)
            }
        )
    }

    /// Whether the operator named this host.
    func allows(_ host: String) -> Bool { allowed.contains(host.lowercased()) }

    /// Whether a request for the host may go to an address.
    ///
    /// Whoever may make a watch could otherwise have this server speak to machines that only it can reach.
    func allows(_ host: String, at address: [UInt8]) -> Bool { allows(host) || Self.isPublic(address) }

    /// - Parameter address: 4 or 16 bytes.
    static func isPublic(_ address: [UInt8]) -> Bool {
        switch address.count {
        case 4: isPublic4(address)
        case 16: isPublic16(address)
        default: false
        }
    }

    /// Source: IANA IPv4 Special-Purpose Address Registry.
    private static func isPublic4(_ address: [UInt8]) -> Bool {
        switch (address[0], address[1]) {
        case (0, _), (10, _), (127, _), (224..., _): false
        case (100, 64...127), (169, 254), (172, 16...31), (192, 168), (198, 18...19): false
        case (192, 0): address[2] != 0 && address[2] != 2
        case (198, 51): address[2] != 100
        case (203, 0): address[2] != 113
        case (192, 88): address[2] != 99
        default: true
        }
    }

    /// Global unicast alone, and of that not what carries an IPv4 address or is for documents.
    ///
    /// Source: IANA IPv6 Special-Purpose Address Registry.
    private static func isPublic16(_ address: [UInt8]) -> Bool {
        guard address[0] & 0xE0 == 0x20 else { return false }
        switch (address[0], address[1]) {
        // Teredo, benchmarks and ORCHID; documents; 6to4.
        case (0x20, 0x01): return address[2] > 0x01 && !(address[2] == 0x0D && address[3] == 0xB8)
        case (0x20, 0x02): return false
        case (0x3F, 0xFF): return address[2] & 0xF0 != 0
        default: return true
        }
    }
}
