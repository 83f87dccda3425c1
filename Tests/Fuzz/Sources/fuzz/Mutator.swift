import Statistics

/// Where in an input the numbers are that decide about the rest, and where its parts begin and end.
struct Anatomy {
    /// A number of 1, 2, 4 or 8 bytes, little-endian.
    struct Place {
        var offset: Int
        var width: Int
    }

    /// The numbers.
    var places: [Place] = []
    /// Parts that can be left out, doubled or moved: messages, records.
    var parts: [Range<Int>] = []
}

/// Makes inputs out of sound ones: numbers set to extremes and to one another, bits turned, parts cut, doubled, moved
/// and taken from elsewhere.
struct Mutator {
    let seeds: [([UInt8], Anatomy)]

    /// A changed input.
    func input(_ random: inout SplitMix64) -> [UInt8] {
        var (bytes, anatomy) = seeds[random.below(seeds.count)]
        // Mostly one change, so that much of the rest is reached.
        for _ in 0..<max(1, random.below(6) - 1) {
            if random.below(3) > 0, !anatomy.places.isEmpty {
                setPlace(&bytes, anatomy, &random)
            } else {
                setByte(&bytes, &random)
            }
        }
        if random.below(6) == 0 { reshape(&bytes, anatomy, &random) }
        return bytes
    }

    private func setPlace(_ bytes: inout [UInt8], _ anatomy: Anatomy, _ random: inout SplitMix64) {
        let place = anatomy.places[random.below(anatomy.places.count)]
        let old = Self.number(bytes, place)
        let other = Self.number(bytes, anatomy.places[random.below(anatomy.places.count)])
        let (small, size) = (Int64(random.below(9)), Int64(bytes.count))
        let choices: [Int64] = [
            0, 1, -1, small, old &+ 1, old &- 1, old &+ 8, old &- 8, old &* 2, old / 2, 0 &- old,
            old ^ (1 << small * 7),
            other, other, size, size &- small, size &+ small, size / 8, .max, .min, .max / 2, Int64(Int32.max),
            Int64(Int32.max) - small, Int64(Int32.min), Int64(UInt32.max), 0x7fff, 0xffff, Int64(random.below(65_536)),
            Int64(bitPattern: random.next()),
        ]
        Self.set(choices[random.below(choices.count)], &bytes, place)
    }

    private func setByte(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1: bytes[place] = [0, 1, 0x7f, 0x80, 0xff][random.below(5)]
        default: bytes[place] = UInt8(random.below(256))
        }
    }

    private func reshape(_ bytes: inout [UInt8], _ anatomy: Anatomy, _ random: inout SplitMix64) {
        let range = range(in: bytes.count, anatomy, &random)
        let (other, otherAnatomy) = seeds[random.below(seeds.count)]
        let foreign = other[self.range(in: other.count, otherAnatomy, &random)]
        let place = random.below(2) == 0 ? range.upperBound : random.below(bytes.count + 1)
        switch random.below(7) {
        case 0: bytes.removeLast(bytes.count - range.upperBound)
        case 1: bytes.removeSubrange(range)
        case 2: bytes.insert(contentsOf: bytes[range], at: place)
        case 3: bytes.insert(contentsOf: foreign, at: place)
        case 4: bytes.replaceSubrange(range, with: foreign)
        case 5:
            // Of the same length, so that what lies behind keeps its place.
            for (offset, byte) in foreign.enumerated() where place + offset < bytes.count {
                bytes[place + offset] = byte
            }
        default: bytes += (0..<random.below(100)).map { _ in UInt8(random.below(256)) }
        }
    }

    /// A part of the input, or any bytes of it.
    private func range(in count: Int, _ anatomy: Anatomy, _ random: inout SplitMix64) -> Range<Int> {
        if random.below(2) == 0, !anatomy.parts.isEmpty { return anatomy.parts[random.below(anatomy.parts.count)] }
        let start = random.below(count + 1)
        return start..<start + random.below(min(count - start, 300) + 1)
    }

    private static func number(_ bytes: [UInt8], _ place: Anatomy.Place) -> Int64 {
        var number: UInt64 = 0
        for index in 0..<place.width { number |= UInt64(bytes[place.offset + index]) << UInt64(8 * index) }
        let shift = 64 - 8 * place.width
        return Int64(bitPattern: number << UInt64(shift)) >> Int64(shift)
    }

    private static func set(_ number: Int64, _ bytes: inout [UInt8], _ place: Anatomy.Place) {
        for index in 0..<place.width {
            bytes[place.offset + index] = UInt8(truncatingIfNeeded: number >> Int64(8 * index))
        }
    }
}
