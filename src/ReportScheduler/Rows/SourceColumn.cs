using ReportScheduler.Words;

namespace ReportScheduler.Rows;

/// <summary>One column of a dataset.</summary>
/// <param name="Index">Its place in the reader, from 0.</param>
/// <param name="Name">The name the database gave it, unique in its dataset without regard to case, never empty.</param>
/// <param name="Header">The text at its head.</param>
/// <param name="Kind">What its values are.</param>
internal sealed record SourceColumn(int Index, string Name, string Header, ColumnKind Kind)
{
    /// <summary>How it looks where the task says nothing about a column of its name; null for as its values suggest.</summary>
    public ReportColumn? Look { get; init; }

    /// <summary>The numbers that its own have as many digits as; null for its own alone.</summary>
    public SeenDigits? Digits { get; init; }

    /// <summary>What people read at its head where the task says nothing; null for its name as words.</summary>
    public Func<ReportWords, string>? Title { get; init; }

    /// <summary>Its values are names of columns: the headers that go with them; null for other values.</summary>
    public IReadOnlyDictionary<string, string>? HeadersOfValues { get; init; }

    /// <summary>Whether the report works it out of other columns: a change in them is one, and not a change here too.</summary>
    public bool IsWorkedOut { get; init; }

    /// <summary>What stands below it, where its values do not add up to that; null for what they come to.</summary>
    public Cell? KnownTotal { get; init; }
}
