/// Working memory of one thread that scans chunk after chunk.
///
/// Invariants: every pointer is an allocation of at least the capacity beside it from ``prepare(for:width:)`` on until
/// the next call or `deinit`. After `prepare`, `bytes` has room for `byteCount` and ``slack`` more; a chunk of so many
/// bytes cannot fill more of the other buffers than they hold: a kept row has `width` cells, each with a byte behind
/// it, and a cell of two or more bytes has one behind it, too.
@safe final class ScanMemory {
    /// Bytes behind the text that may be read and written, so that words need not be cut.
    static let slack = 16

    private(set) var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    private(set) var byteCapacity = 0
    /// The short cells column by column, `stride` bytes for each.
    private(set) var shorts = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    private var shortCapacity = 0
    private(set) var stride = 0
    /// The longer cells in the order of the file.
    private(set) var longs = UnsafeMutablePointer<LongCell>.allocate(capacity: 1)
    private var longCapacity = 0
    /// The texts of longer cells, one after the other.
    private(set) var text = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    private var textCapacity = 0
    /// For each kept row its number, line and byte, from those of the chunk.
    private(set) var places = UnsafeMutablePointer<ScannedPlace>.allocate(capacity: 1)
    private var placeCapacity = 0

    struct LongCell: BitwiseCopyable {
        var column: UInt32
        var place: CellPlace
    }

    struct ScannedPlace: BitwiseCopyable {
        var number: UInt32
        var line: UInt32
        var byte: UInt32
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe shorts.deallocate()
        unsafe longs.deallocate()
        unsafe text.deallocate()
        unsafe places.deallocate()
    }

    /// Makes room for the bytes of a chunk, keeping none.
    func prepare(for byteCount: Int) {
        let needed = byteCount + Self.slack
        unsafe Self.grow(&bytes, &byteCapacity, to: needed)
    }

    /// Makes room for what rows of `width` cells in a chunk of so many bytes may give.
    func prepare(for byteCount: Int, width: Int) {
        let rows = byteCount / width + 2
        // An odd number of cache lines from column to column: the rows of all columns fit into the cache at once.
        stride = ((rows + 63) / 64 | 1) * 64
        unsafe Self.grow(&shorts, &shortCapacity, to: stride * width)
        unsafe Self.grow(&longs, &longCapacity, to: byteCount / 2 + 2)
        unsafe Self.grow(&text, &textCapacity, to: byteCount + Self.slack)
        unsafe Self.grow(&places, &placeCapacity, to: rows)
    }

    private static func grow<Element: BitwiseCopyable>(
        _ buffer: inout UnsafeMutablePointer<Element>, _ capacity: inout Int, to needed: Int
    ) {
        guard needed > capacity else { return }
        unsafe buffer.deallocate()
        unsafe buffer = UnsafeMutablePointer<Element>.allocate(capacity: needed)
        capacity = needed
    }
}
