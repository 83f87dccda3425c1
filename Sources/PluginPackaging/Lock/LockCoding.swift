/// What stands in the lock file as the text that people write.
public protocol WrittenAsText: Codable, CustomStringConvertible {
    /// Reads the text.
    init(_ text: String) throws(NotationError)
}

extension WrittenAsText {
    /// Reads it from the lock file.
    ///
    /// - Throws: `DecodingError` where the text is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    /// Writes it into the lock file.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension PluginName: WrittenAsText {}
extension SemanticVersion: WrittenAsText {}
extension VersionRange: WrittenAsText {}
