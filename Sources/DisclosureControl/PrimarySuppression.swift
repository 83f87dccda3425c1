public import MeasureModel

/// What disclosure control asks of each data class: data of the workspace, never of a script.
public struct DisclosurePolicy: Equatable, Sendable {
    /// The rule of one class.
    public struct Rule: Equatable, Sendable {
        /// Numbers that rest on fewer persons are hidden.
        public var minimum: Int
        /// Raised when the rule changes.
        public var version: Int

        /// A rule.
        public init(minimum: Int, version: Int) {
            self.minimum = minimum
            self.version = version
        }
    }

    /// Rules by class.
    public var rules: [String: Rule]

    /// How the feed names what is done. Complementary suppression comes later, and until then everybody is told so.
    public static let scope = "policy: primary only"

    /// A policy.
    public init(rules: [String: Rule]) {
        self.rules = rules
    }

    /// The strictest of several classes, with its rule; a class without a rule is hidden always.
    public func strictest(_ classes: [String]) -> (name: String, rule: Rule)? {
        var best: (name: String, rule: Rule)?
        for name in classes.sorted() {
            let rule = rules[name] ?? Rule(minimum: .max, version: 0)
            if best.map({ rule.minimum > $0.rule.minimum }) ?? true { best = (name, rule) }
        }
        return best
    }

    /// How provenance names the rule that applied: `student_record@1`.
    public func label(for classes: [String]) -> String? {
        strictest(classes).map { "\($0.name)@\($0.rule.version)" }
    }
}

/// Primary suppression: a number is hidden when too few persons are behind it.
public enum PrimarySuppression {
    /// Whether the parts of one cell are hidden; they are so together. `classes` are those of the cell's datasets, for
    /// parts that carry none themselves.
    ///
    /// The unit is the person, not the row. A number that rests on rows but on nobody who could be counted is hidden too:
    /// it is not known to be safe. So is a cell of few persons that has no number: why it has none tells of them.
    public static func hides(_ parts: [PartResult], classes: [String], policy: DisclosurePolicy) -> Bool {
        parts.contains { part in
            let applied = part.estimate.map(\.classes) ?? []
            guard let minimum = policy.strictest(applied.isEmpty ? classes : applied)?.rule.minimum else { return true }
            guard let estimate = part.estimate else { return (1..<minimum).contains(part.groupPersons) }
            let restsOnNothing = estimate.persons == 0 && estimate.n == 0 && part.groupPersons == 0
            return estimate.persons < minimum && !restsOnNothing
        }
    }
}
