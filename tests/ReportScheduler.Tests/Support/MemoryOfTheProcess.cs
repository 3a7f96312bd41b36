namespace ReportScheduler.Tests.Support;

/// <summary>What the collector reports is the memory of the whole process: such a test runs when no other one does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryOfTheProcess
{
    public const string Name = "The memory of the process";
}
