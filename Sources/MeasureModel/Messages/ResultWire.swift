// A night sends and keeps many results, so they are written and read field by field, which the compiler can see
// through; their `wireForm`s say the same and are what these are tested against.

extension GroupKey.Part {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        self.init(try String(from: &reader), try String(from: &reader))
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        dimension.write(to: &writer)
        value.write(to: &writer)
    }
}

extension GroupKey {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        let count = try reader.length()
        var parts: [Part] = []
        parts.reserveCapacity(min(count, 8))
        for _ in 0..<count { parts.append(try Part(from: &reader)) }
        self.init(parts)
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(UInt64(parts.count))
        for part in parts { part.write(to: &writer) }
    }
}

extension Estimate {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        self.init(
            value: try Double(from: &reader), n: try Int(from: &reader), counted: try Counted(from: &reader),
            numerator: try reader.optionalNumber(), denominator: try reader.optionalNumber(),
            low: try reader.optionalNumber(), high: try reader.optionalNumber(), level: try reader.optionalNumber(),
            method: try reader.optionalText(), persons: try Int(from: &reader), classes: try reader.texts(),
            flags: try [ObservationFlag](from: &reader))
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        value.write(to: &writer)
        n.write(to: &writer)
        counted.rawValue.write(to: &writer)
        writer.put(optional: numerator)
        writer.put(optional: denominator)
        writer.put(optional: low)
        writer.put(optional: high)
        writer.put(optional: level)
        writer.put(optional: method)
        persons.write(to: &writer)
        writer.put(UInt64(classes.count))
        for name in classes { name.write(to: &writer) }
        writer.put(UInt64(flags.count))
        for flag in flags { flag.rawValue.write(to: &writer) }
    }
}

extension PartResult {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        self.init(
            part: try reader.optionalText(), estimate: try Bool(from: &reader) ? try Estimate(from: &reader) : nil,
            status: try Status(from: &reader), reason: try reader.optionalText(), groupPersons: try Int(from: &reader))
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        writer.put(optional: part)
        (estimate != nil).write(to: &writer)
        estimate?.write(to: &writer)
        status.rawValue.write(to: &writer)
        writer.put(optional: reason)
        groupPersons.write(to: &writer)
    }
}

extension GroupResult {
    /// Reads a value.
    public init(from reader: inout WireReader) throws(WireError) {
        let key = try GroupKey(from: &reader)
        let period = try Int(from: &reader)
        let count = try reader.length()
        var parts: [PartResult] = []
        parts.reserveCapacity(min(count, 64))
        for _ in 0..<count { parts.append(try PartResult(from: &reader)) }
        self.init(
            key: key, period: period, parts: parts, failure: try Bool(from: &reader) ? try Failure(from: &reader) : nil,
            other: try reader.optionalText(),
            response: try Bool(from: &reader) ? try ResponseCount(from: &reader) : nil)
    }

    /// Writes the value.
    public func write(to writer: inout WireWriter) {
        key.write(to: &writer)
        period.write(to: &writer)
        writer.put(UInt64(parts.count))
        for part in parts { part.write(to: &writer) }
        (failure != nil).write(to: &writer)
        failure?.write(to: &writer)
        writer.put(optional: other)
        (response != nil).write(to: &writer)
        response?.write(to: &writer)
    }
}

extension WireWriter {
    fileprivate mutating func put(optional number: Double?) {
        (number != nil).write(to: &self)
        number?.write(to: &self)
    }

    fileprivate mutating func put(optional text: String?) {
        (text != nil).write(to: &self)
        text?.write(to: &self)
    }
}

extension WireReader {
    fileprivate mutating func optionalNumber() throws(WireError) -> Double? {
        try Bool(from: &self) ? try Double(from: &self) : nil
    }

    fileprivate mutating func optionalText() throws(WireError) -> String? {
        try Bool(from: &self) ? try String(from: &self) : nil
    }

    fileprivate mutating func texts() throws(WireError) -> [String] {
        let count = try length()
        var texts: [String] = []
        for _ in 0..<count { texts.append(try String(from: &self)) }
        return texts
    }
}
