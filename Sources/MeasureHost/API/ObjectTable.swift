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

    mutating func remove(_ number: UInt32) -> HostObject? {
        guard let object = self[number] else { return nil }
        slots[Int(number - base)] = nil
        free.append(number - base)
        return object
    }

    /// Lets go of all; gives the memory that went with them.
    mutating func removeAll() -> Int {
        let bytes = slots.reduce(0) { $0 + ($1?.byteCount ?? 0) }
        base += UInt32(slots.count)
        slots.removeAll(keepingCapacity: true)
        free.removeAll(keepingCapacity: true)
        return bytes
    }
}
