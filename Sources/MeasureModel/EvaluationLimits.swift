/// What one measure may use in one grouping, all its groups together.
public struct EvaluationLimits: Equatable, Sendable {
    /// Seconds of CPU time.
    public var cpuSeconds: Double
    /// Bytes of memory.
    public var memory: Int
    /// Bytes of one block of it, a text or the slots of a table; nil for a quarter of `memory`.
    public var block: Int?
    /// Instructions; nil leaves them uncounted.
    public var fuel: Int?
    /// Bytes of the script's text.
    public var source: Int
    /// Bytes of what it returns for one group.
    public var result: Int
    /// Keys in that.
    public var resultKeys: Int
    /// Levels of tables in that.
    public var resultDepth: Int
    /// Bytes of printed text that are kept.
    public var log: Int
    /// Printed lines that are kept.
    public var logLines: Int

    /// Limits; the defaults are those of the contract.
    public init(
        cpuSeconds: Double = 10, memory: Int = 256 << 20, block: Int? = nil, fuel: Int? = nil, source: Int = 64 << 10,
        result: Int = 1 << 20, resultKeys: Int = 10_000, resultDepth: Int = 16, log: Int = 64 << 10,
        logLines: Int = 1_000
    ) {
        self.cpuSeconds = cpuSeconds
        self.memory = memory
        self.block = block
        self.fuel = fuel
        self.source = source
        self.result = result
        self.resultKeys = resultKeys
        self.resultDepth = resultDepth
        self.log = log
        self.logLines = logLines
    }

    /// Limits for reading what a file defines, before it is known which measure it is: two seconds and 256 MB, or less
    /// where a measure has less.
    public var forDefinition: EvaluationLimits {
        var limits = EvaluationLimits(cpuSeconds: min(cpuSeconds, 2))
        limits.memory = min(memory, limits.memory)
        limits.block = min(largestBlock, limits.largestBlock)
        return limits
    }

    /// Bytes of one block, whether it was set or not.
    public var largestBlock: Int { block ?? max(memory / 4, 1 << 20) }
}
