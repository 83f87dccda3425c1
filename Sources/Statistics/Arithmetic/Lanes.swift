/// Eight neighbouring values of a column.
///
/// Every sum in this room runs in eight lanes: value i goes to lane i mod 8, and the lanes are added up in order at
/// the end. The order of the additions is therefore fixed whatever the width of the machine's vector registers, which
/// is what makes results repeatable bit for bit and yet lets the compiler use those registers.
typealias Lanes = SIMD8<Double>

/// One answer per lane.
typealias LaneMask = SIMDMask<SIMD8<Int64>>

extension Span<Double> {
    /// The eight values from `start` on. What lies beyond the end is filled up with NaN, which every loop takes for
    /// missing.
    @inline(__always)
    func lanes(from start: Int) -> Lanes {
        if count - start >= Lanes.scalarCount {
            // One bounds check for eight values; with eight of them the loads do not vectorise.
            let eight = extracting(start..<start + Lanes.scalarCount)
            return Lanes(eight[0], eight[1], eight[2], eight[3], eight[4], eight[5], eight[6], eight[7])
        }
        return lastLanes(from: start)
    }

    private func lastLanes(from start: Int) -> Lanes {
        var lanes = Lanes(repeating: .nan)
        for index in start..<Swift.max(start, count) { lanes[index - start] = self[index] }
        return lanes
    }

    /// Where each group of eight starts.
    @inline(__always)
    var laneStarts: StrideTo<Int> { stride(from: 0, to: count, by: Lanes.scalarCount) }
}

extension Lanes {
    /// True where there is a value. NaN, which stands for missing, is the only number unequal to itself.
    @inline(__always)
    var isPresent: LaneMask { self .== self }

    /// The values where the mask is true, 0 elsewhere.
    @inline(__always)
    func orZero(where mask: LaneMask) -> Lanes { replacing(with: 0, where: .!mask) }
}

/// Counts in eight lanes.
struct LaneCount {
    private var counts = SIMD8<Int64>(repeating: 0)

    @inline(__always)
    mutating func add(_ mask: LaneMask) { counts.replace(with: counts &+ 1, where: mask) }

    var total: Int { Int(counts.wrappedSum()) }
}
