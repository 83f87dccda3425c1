/// Calls `body` with the bytes of a text.
func withCell<Result>(_ text: String, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    let bytes = Array(text.utf8)
    return try body(bytes.span)
}
