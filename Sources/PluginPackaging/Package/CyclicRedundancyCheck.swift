/// CRC-32 as gzip has it (RFC 1952, section 8), eight bytes at a time: a night computes it over every plugin.
enum CyclicRedundancyCheck {
    private static let width = 8

    /// What a byte does to the register, for each of the eight places that it can have: 256 entries a place, the last place
    /// first.
    private static let table: [UInt32] = {
        var table: [UInt32] = []
        for byte in UInt32(0)..<256 {
            var value = byte
            for _ in 0..<8 { value = value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
            table.append(value)
        }
        for entry in 256..<256 * width {
            let before = table[entry - 256]
            table.append(table[Int(before & 0xff)] ^ before >> 8)
        }
        return table
    }()

    static func of(_ bytes: [UInt8]) -> UInt32 {
        let table = table
        var register = UInt32.max
        var at = 0
        while at + width <= bytes.count {
            var next: UInt32 = 0
            for place in 0..<width {
                // The register is in the first four bytes.
                let mixed = place < 4 ? UInt8(truncatingIfNeeded: register >> UInt32(8 * place)) : 0
                next ^= table[256 * (width - 1 - place) + Int(bytes[at + place] ^ mixed)]
            }
            register = next
            at += width
        }
        for byte in bytes[at...] { register = table[Int(UInt8(truncatingIfNeeded: register) ^ byte)] ^ register >> 8 }
        return ~register
    }
}
