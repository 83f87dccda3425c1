import Foundation
import MeasureModel

/// Reads the texts of measures and modules, or says why one is not there: one file must not cost the others their night.
enum ScriptText {
    /// Why a file has no text, as a sentence without a full stop.
    struct Unreadable: Error {
        var reason: String
    }

    /// The text of a file below a folder.
    static func of(_ path: URL, below folder: URL, kind: String) throws(Unreadable) -> [UInt8] {
        let target = path.resolvingSymlinksInPath()
        guard target.path.hasPrefix(folder.resolvingSymlinksInPath().path + "/") else {
            // What leads elsewhere would show words of other files in messages.
            throw Unreadable(reason: "the file is a link that leads out of the folder")
        }
        return try of(target, kind: kind)
    }

    /// The text of a file.
    static func of(_ path: URL, kind: String) throws(Unreadable) -> [UInt8] {
        guard let values = try? path.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]),
            values.isRegularFile == true
        else { throw Unreadable(reason: "the file is no file with text") }
        guard let size = values.fileSize, size <= most + mark.count else { throw tooLong(values.fileSize ?? 0, kind) }
        guard let handle = try? FileHandle(forReadingFrom: path) else {
            throw Unreadable(reason: "the file cannot be opened: may it be read by you?")
        }
        let data = (try? handle.read(upToCount: most + mark.count + 1)) ?? Data()
        return withoutMark([UInt8](data))
    }

    /// The text that bytes are, which were read before.
    static func of(_ bytes: [UInt8], kind: String) throws(Unreadable) -> [UInt8] {
        guard bytes.count <= most + mark.count else { throw tooLong(bytes.count, kind) }
        return withoutMark(bytes)
    }

    private static let most = EvaluationLimits().source

    private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// Some editors begin a file with a byte order mark, which is no part of the script.
    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    }

    private static func tooLong(_ size: Int, _ kind: String) -> Unreadable {
        Unreadable(
            reason:
                "the source has \(size) bytes; at most \(most) are allowed (`limits.source`): make several \(kind) of it"
        )
    }
}
