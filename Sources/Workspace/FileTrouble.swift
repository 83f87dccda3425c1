import Foundation

/// Why something could not be done to a file, in few words.
public enum FileTrouble {
    /// The reason of an error of Foundation, as the system calls it where it does, without a full stop.
    public static func reason(_ error: any Error) -> String {
        let error = error as NSError
        if let reason = systemError(error).flatMap({ words[Int32($0)] }) { return reason }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: return "there is no such file or folder"
        case .fileWriteNoPermission, .fileReadNoPermission: return "permission denied"
        case .fileWriteOutOfSpace: return "no space left on device"
        case .fileWriteVolumeReadOnly: return "read-only file system"
        case .fileWriteFileExists: return "it exists already"
        default: break
        }
        let text = error.localizedDescription
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static let words: [Int32: String] = [
        EACCES: "permission denied", EPERM: "permission denied", ENOENT: "there is no such file or folder",
        ENOSPC: "no space left on device", EDQUOT: "no space left on device", EROFS: "read-only file system",
        EEXIST: "it exists already", ENOTDIR: "a file is where a folder should be", EISDIR: "it is a folder",
        EFBIG: "the file would be larger than is allowed", EIO: "the disk does not answer",
        ENAMETOOLONG: "the name is too long", EMFILE: "too many open files", ENFILE: "too many open files",
    ]

    private static func systemError(_ error: NSError) -> Int? {
        if error.domain == NSPOSIXErrorDomain { return error.code }
        return (error.userInfo[NSUnderlyingErrorKey] as? NSError).flatMap(systemError)
    }
}
