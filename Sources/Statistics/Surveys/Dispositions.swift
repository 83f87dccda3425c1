/// The final dispositions of the cases of a survey, and the outcome rates made of them.
///
/// Every rate is a share of cases, nil where its denominator is 0.
///
/// Source: American Association for Public Opinion Research, "Standard Definitions: Final Dispositions of Case Codes
/// and Outcome Rates for Surveys".
public struct Dispositions: Hashable, Sendable {
    /// Complete interviews (I).
    public let interviews: Double
    /// Partial interviews (P).
    public let partials: Double
    /// Refusals and break-offs (R).
    public let refusals: Double
    /// Eligible cases not contacted (NC).
    public let noncontacts: Double
    /// Other eligible cases without an interview (O).
    public let others: Double
    /// Cases of which it is unknown whether they exist (UH).
    public let unknownHouseholds: Double
    /// Other cases of unknown eligibility (UO).
    public let unknownOthers: Double
    /// Cases known to be ineligible.
    public let ineligible: Double

    /// The counts of a survey, or nil where one is negative or not finite.
    public init?(
        interviews: Double, partials: Double = 0, refusals: Double = 0, noncontacts: Double = 0, others: Double = 0,
        unknownHouseholds: Double = 0, unknownOthers: Double = 0, ineligible: Double = 0
    ) {
        let counts = [
            interviews, partials, refusals, noncontacts, others, unknownHouseholds, unknownOthers, ineligible,
        ]
        guard counts.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
        self.interviews = interviews
        self.partials = partials
        self.refusals = refusals
        self.noncontacts = noncontacts
        self.others = others
        self.unknownHouseholds = unknownHouseholds
        self.unknownOthers = unknownOthers
        self.ineligible = ineligible
    }

    /// The outcome rates by their standard names.
    public enum Rate: String, CaseIterable, Codable, Hashable, Sendable {
        /// Response rates: complete interviews, in even ones partial interviews too, among all cases that may be
        /// eligible (1, 2), those that are estimated to be (3, 4), or those that are known to be (5, 6).
        case rr1 = "RR1"
        case rr2 = "RR2"
        case rr3 = "RR3"
        case rr4 = "RR4"
        case rr5 = "RR5"
        case rr6 = "RR6"
        /// Cooperation rates: the same among those contacted (1, 2), or those able to take part (3, 4).
        case coop1 = "COOP1"
        case coop2 = "COOP2"
        case coop3 = "COOP3"
        case coop4 = "COOP4"
        /// Refusal rates, by the three denominators of the response rates.
        case ref1 = "REF1"
        case ref2 = "REF2"
        case ref3 = "REF3"
        /// Contact rates, likewise.
        case con1 = "CON1"
        case con2 = "CON2"
        case con3 = "CON3"
    }

    /// The share of the cases of known eligibility that are eligible: the CASRO estimate of e.
    public var eligibleShare: Double? { share(eligible, of: eligible + ineligible) }

    /// An outcome rate.
    ///
    /// - Parameters:
    ///   - rate: which.
    ///   - eligibleShare: e, the share of the cases of unknown eligibility that is taken to be eligible; the CASRO
    ///     estimate where nil. Used by RR3, RR4, REF2 and CON2 only.
    /// - Returns: nil where the denominator is 0, or where e is needed and not in 0...1.
    public func rate(_ rate: Rate, eligibleShare e: Double? = nil) -> Double? {
        let answered = interviews + partials
        switch rate {
        case .rr1: return share(interviews, of: eligible + unknown)
        case .rr2: return share(answered, of: eligible + unknown)
        case .rr3: return share(interviews, of: estimatedEligible(e))
        case .rr4: return share(answered, of: estimatedEligible(e))
        case .rr5: return share(interviews, of: eligible)
        case .rr6: return share(answered, of: eligible)
        case .coop1: return share(interviews, of: contacted)
        case .coop2: return share(answered, of: contacted)
        case .coop3: return share(interviews, of: answered + refusals)
        case .coop4: return share(answered, of: answered + refusals)
        case .ref1: return share(refusals, of: eligible + unknown)
        case .ref2: return share(refusals, of: estimatedEligible(e))
        case .ref3: return share(refusals, of: eligible)
        case .con1: return share(contacted, of: eligible + unknown)
        case .con2: return share(contacted, of: estimatedEligible(e))
        case .con3: return share(contacted, of: eligible)
        }
    }

    private var eligible: Double { interviews + partials + refusals + noncontacts + others }
    private var contacted: Double { interviews + partials + refusals + others }
    private var unknown: Double { unknownHouseholds + unknownOthers }

    private func estimatedEligible(_ e: Double?) -> Double? {
        // Without cases of unknown eligibility, e does not matter.
        guard unknown > 0 else { return eligible }
        guard let e = e ?? eligibleShare, (0.0...1).contains(e) else { return nil }
        return eligible + e * unknown
    }

    private func share(_ part: Double, of whole: Double?) -> Double? {
        guard let whole, whole > 0 else { return nil }
        return (part / whole).finite
    }
}
