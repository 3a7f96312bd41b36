using System.Collections.Specialized;
using ReportScheduler.Text;

namespace ReportScheduler.Runs;

/// <summary>What a person asked for beyond what the task says.</summary>
internal sealed record RunOptions
{
    public static RunOptions None { get; } = new();

    /// <summary>A full path of a folder that gets the files; null for the run's own folder only.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Files only: nothing is mailed or dropped.</summary>
    public bool NoDelivery { get; init; }

    /// <summary>The only address that gets mail; null for the task's recipients.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>Values in place of the task's; null for none.</summary>
    public OrderedDictionary? Parameters { get; init; }

    /// <summary>What a person said who asked for the run to be stopped; null while
    /// nobody did. Null for a run that nobody can stop so.</summary>
    public Func<string?>? StoppedBecause { get; init; }

    /// <summary>Is cancelled when the run may be another process's by now.</summary>
    public CancellationToken Lost { get; init; }

    /// <summary>The keys whose parts of a split report are made, as they were given; empty for all.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether a key is one of <see cref="Keys"/>; null for all keys.</summary>
    public Func<string, bool>? IsWanted { get; init; }

    /// <summary>Which of <see cref="Keys"/> mean none of some keys; null where they are keys themselves.</summary>
    public Func<IReadOnlyCollection<string>, IReadOnlyList<string>>? UnmetKeys { get; init; }

    /// <summary>Whether mail to a server is left to the ledger, for threads of their own: a report's thread does not
    /// wait for mail servers. Asked when the report is made; null to send it at once.</summary>
    public Func<bool>? LeavesMail { get; init; }

    /// <summary>Nothing of it goes to its readers: a person looks at it.</summary>
    public bool IsTrial => NoDelivery || RedirectTo is not null;

    /// <summary>What the history says about it; null for nothing.</summary>
    public string? Note() =>
        NoDelivery ? "Made with -NoDelivery: nothing was mailed or dropped."
        : RedirectTo is { } address ? $"Made with -RedirectTo: mailed to {address} only, and dropped nowhere."
        : Keys.Count > 0 ? $"Made with -Key: the parts of {EnglishText.List(Keys.Select(key => $"'{key}'"))} only."
        : null;
}
