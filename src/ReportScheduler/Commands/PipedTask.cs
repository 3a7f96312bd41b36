using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>What was piped to a command that defines a task: a row of a table, an object from JSON, or what the module gave.</summary>
/// <param name="piped">The object; null for none.</param>
internal sealed class PipedTask(PSObject? piped)
{
    private const string OfModule = "ReportScheduler.";
    private const string OfCopy = "Deserialized.";

    /// <summary>The task of this session; null for anything else.</summary>
    public ReportTask? Task => piped?.BaseObject as ReportTask;

    /// <summary>Whether the module gave it: its members are called like parameters and are no wish.</summary>
    public bool IsFromModule => piped is not null && piped.TypeNames.Any(name => name.StartsWith(OfModule, StringComparison.Ordinal)
        || name.StartsWith(OfCopy + OfModule, StringComparison.Ordinal));

    /// <summary>Whether it is a task that a job, a remote session or Import-Clixml gave.</summary>
    public bool IsCopy => piped is not null && piped.TypeNames.Contains($"{OfCopy}{typeof(ReportTask).FullName}");

    /// <summary>Whether a member of it is to be taken over. An empty cell says nothing. Null clears a
    /// member that can be without a value, and says nothing to others.</summary>
    public bool Asks(string name) => piped?.Properties[name] switch
    {
        null => true,
        { Value: null } => typeof(ReportTask).GetProperty(name) is not { PropertyType: { IsValueType: true } type }
            || Nullable.GetUnderlyingType(type) is not null,
        { Value: var value } => !NotGiven.IsEmptyCell(value),
    };
}
