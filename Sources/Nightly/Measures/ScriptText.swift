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
        let most = EvaluationLimits().source
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        guard let values = try? path.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]),
            values.isRegularFile == true
        else { throw Unreadable(reason: "the file is no file with text") }
        guard let size = values.fileSize, size <= most + mark.count else {
            throw Unreadable(
                reason:
                    "the source has \(values.fileSize ?? 0) bytes; at most \(most) are allowed (`limits.source`): make "
                    + "several \(kind) of it")
        }
        guard let handle = try? FileHandle(forReadingFrom: path) else {
            throw Unreadable(reason: "the file cannot be opened: may it be read by you?")
        }
        let data = (try? handle.read(upToCount: most + mark.count + 1)) ?? Data()
        // Some editors begin a file with a byte order mark, which is no part of the script.
        return [UInt8](data.starts(with: mark) ? data.dropFirst(mark.count) : data)
    }
}
