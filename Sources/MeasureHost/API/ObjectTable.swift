/// The objects that a script holds, by their numbers. A number names its object until the script lets go of it; numbers
/// of one group are never those of an earlier one, whose objects may still be let go of late.
struct ObjectTable {
    private var slots: [HostObject?] = []
    private var free: [UInt32] = []
    /// The number of the first slot.
    private var base: UInt32 = 1

    subscript(_ number: UInt32) -> HostObject? {
        guard number >= base, number - base < slots.count else { return nil }
        return slots[Int(number - base)]
    }

    mutating func add(_ object: HostObject) -> UInt32 {
        if let slot = free.popLast() {
            slots[Int(slot)] = object
            return base + slot
        }
        slots.append(object)
        return base + UInt32(slots.count - 1)
    }

    mutating func remove(_ number: UInt32) {
        guard self[number] != nil else { return }
        slots[Int(number - base)] = nil
        free.append(number - base)
    }

    /// Lets go of all.
    mutating func removeAll() {
        base += UInt32(slots.count)
        slots.removeAll(keepingCapacity: true)
        free.removeAll(keepingCapacity: true)
    }
}
