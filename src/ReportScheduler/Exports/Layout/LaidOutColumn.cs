using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>A column as the task wants it shown. Its <see cref="SourceColumn.Header"/> is the task's, or the column's own name.</summary>
/// <param name="Column">The column; its index is the place in the rows.</param>
/// <param name="Format">An Excel number format; null for the default of the kind.</param>
/// <param name="Width">The width in characters; null for one that fits.</param>
/// <param name="Total">What stands below the rows.</param>
internal sealed record LaidOutColumn(SourceColumn Column, string? Format, double? Width, ColumnTotal Total)
{
    // nouns keep their capital letter
    private const string German = "de";

    private readonly string nameAsTitle = HeaderText.Of(Column.Name);

    /// <summary>Whether its numbers name something, and are not grouped in thousands.</summary>
    public bool IsKey { get; } = KeyName.Is(Column.Name);

    /// <summary>Whether all digits of its numbers matter.</summary>
    public bool IsPrecise { get; } = KeyName.IsPrecise(Column.Name);

    /// <summary>Whether its numbers or times are to be added up.</summary>
    public bool AddsUp => (Total & (ColumnTotal.Sum | ColumnTotal.Average)) != ColumnTotal.None;

    /// <summary>The header that the task gives; null for none.</summary>
    public string? GivenHeader { get; init; }

    /// <summary>What the source calls it for people; null for nothing.</summary>
    public string? OwnTitle { get; init; }

    /// <summary>How its lists of numbers are drawn; null for a column that is none of sparklines.</summary>
    public SparklineKind? Spark { get; init; }

    /// <summary>What stands where a row has no value; null for the default of the writer.</summary>
    public string? NullText { get; init; }

    /// <summary>The header as people read it. Programs that read a file look for the column's own name.</summary>
    public string Title => GivenHeader ?? OwnTitle ?? nameAsTitle;

    /// <summary>The header within a sentence: with a small first letter where it is a name in small letters of the database.</summary>
    public string TitleWithin(ReportWords words) =>
        GivenHeader is null && OwnTitle is null && words.Language != German && Column.Name.Length > 0 && !Column.Name.Any(char.IsUpper)
            ? Column.Name[..1] + Title[1..]
            : Title;

    /// <summary>Whether the values stand at the right, as numbers do.</summary>
    public bool IsNumber => Column.Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Double;
}
