extension Observation {
    /// ``json`` on one line as UTF-8: a night writes many of them, so the fields go straight to the bytes.
    public var jsonBytes: [UInt8] {
        var writer = JSONWriter(indent: nil)
        writer.reserve(1024)
        writer.field("{\"id\":", id)
        writer.field(",\"measure\":", measure)
        writer.field(",\"version\":", version)
        writer.field(",\"part\":", part)
        write(params: &writer)
        writer.field(",\"preset\":", preset)
        period.write(to: &writer)
        write(group: &writer)
        writer.field(",\"unit\":", unit)
        write(numbers: &writer)
        writer.field(",\"method\":", method)
        writer.field(",\"status\":", status)
        writer.field(",\"reason\":", reason)
        write(flags: &writer)
        writer.put(",\"chart\":")
        if let chart { writer.write(chart.json, level: 0) } else { writer.put("null") }
        write(response: &writer)
        writer.put(",\"reference\":null,\"censor\":null")
        provenance.write(to: &writer)
        writer.put("}")
        return writer.bytes
    }

    private func write(params writer: inout JSONWriter) {
        writer.put(",\"params\":{")
        for (place, param) in params.sorted(by: { $0.key < $1.key }).enumerated() {
            if place > 0 { writer.put(",") }
            writer.writeQuoted(param.key)
            writer.field(":", param.value)
        }
        writer.put("}")
    }

    private func write(group writer: inout JSONWriter) {
        writer.put(",\"group\":{")
        for (place, dimension) in GroupKey.ordered(group.keys).enumerated() {
            if place > 0 { writer.put(",") }
            writer.writeQuoted(dimension)
            writer.field(":", group[dimension])
        }
        writer.put("}")
    }

    private func write(numbers writer: inout JSONWriter) {
        writer.field(",\"value\":", value)
        writer.put(",\"n\":")
        writer.put(n.map { String($0) } ?? "null")
        writer.field(",\"n_kind\":", countedUnit)
        writer.field(",\"numerator\":", numerator)
        writer.field(",\"denominator\":", denominator)
        writer.field(",\"low\":", low)
        writer.field(",\"high\":", high)
        writer.field(",\"level\":", level)
    }

    private func write(response writer: inout JSONWriter) {
        guard let response else { return writer.put(",\"response\":null") }
        writer.field(",\"response\":{\"rate\":", response.rate)
        writer.put(",\"eligible\":\(response.eligible)")
        writer.field(",\"threshold\":", response.threshold)
        writer.field(",\"low\":", response.low)
        writer.field(",\"high\":", response.high)
        writer.put("}")
    }

    private func write(flags writer: inout JSONWriter) {
        writer.put(",\"flags\":[")
        for (place, flag) in flags.enumerated() {
            if place > 0 { writer.put(",") }
            writer.writeQuoted(flag)
        }
        writer.put("]")
    }
}

extension Observation.PublishedPeriod {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field(",\"period\":{\"kind\":", kind)
        writer.field(",\"label\":", label)
        writer.field(",\"start\":", start)
        writer.field(",\"end\":", end)
        writer.put(complete ? ",\"complete\":true}" : ",\"complete\":false}")
    }
}

extension Observation.Provenance {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field(",\"provenance\":{\"data\":", data)
        writer.field(",\"script\":", script)
        writer.field(",\"plugins\":", plugins)
        writer.field(",\"host\":", host)
        writer.field(",\"policy\":", policy)
        writer.field(",\"as_of\":", asOf)
        writer.put("}")
    }
}

extension JSONWriter {
    /// A name as it stands in the document, and a text or null.
    fileprivate mutating func field(_ name: String, _ text: String?) {
        put(name)
        if let text { writeQuoted(text) } else { put("null") }
    }

    /// A name as it stands in the document, and a number or null.
    fileprivate mutating func field(_ name: String, _ number: Double?) {
        put(name)
        put(number.map(JSON.text) ?? "null")
    }
}
