using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>One line of totals.</summary>
/// <param name="Label">What it says: Total, Average and so on.</param>
/// <param name="Kinds">What it shows of each shown column; None for nothing.</param>
internal sealed record TotalLine(string Label, IReadOnlyList<ColumnTotal> Kinds)
{
    private static readonly ColumnTotal[] Order =
        [ColumnTotal.Sum, ColumnTotal.Average, ColumnTotal.Count, ColumnTotal.Minimum, ColumnTotal.Maximum, ColumnTotal.Distinct];

    /// <summary>The place of the column that has room for the label, from 0; -1 for none.</summary>
    /// <remarks>Among several lines each has to say what it is; a single line says so in the first column only.</remarks>
    public int LabelPlace { get; private init; }

    /// <summary>The lines below the rows: one where no column has more than one total, else one for each kind.</summary>
    /// <param name="columns">The shown columns.</param>
    /// <param name="words">The words of the lines.</param>
    /// <param name="areGrand">Whether there are totals of groups above them.</param>
    public static IReadOnlyList<TotalLine> Of(IReadOnlyList<LaidOutColumn> columns, ReportWords words, bool areGrand = false)
    {
        string Named(ColumnTotal kind) => areGrand && kind == ColumnTotal.Sum ? words["grandTotal"] : Word(kind, words);
        var used = Order.Where(kind => columns.Any(column => column.Total.HasFlag(kind))).ToList();
        if (used.Count == 0)
        {
            return [];
        }

        if (columns.All(column => int.PopCount((int)column.Total) <= 1))
        {
            var label = words.List(columns.Select(column => column.Total).Where(total => total != ColumnTotal.None).Distinct()
                .Select((kind, place) => place == 0 ? Named(kind) : Following(kind, words)));
            return [new TotalLine(label,
                [.. columns.Select(column => column.Total)]) { LabelPlace = columns[0].Total == ColumnTotal.None ? 0 : -1 }];
        }

        return [.. used.Select(kind =>
        {
            ColumnTotal[] kinds = [.. columns.Select(column => column.Total & kind)];
            return new TotalLine(Named(kind), kinds) { LabelPlace = Array.IndexOf(kinds, ColumnTotal.None) };
        })];
    }

    /// <summary>What a total is called.</summary>
    public static string Word(ColumnTotal kind, ReportWords words) =>
        words[kind == ColumnTotal.Sum ? "total" : kind.ToString().ToLowerInvariant()];

    // nouns keep their capital letter in German
    private static string Following(ColumnTotal kind, ReportWords words) =>
        words.Language == "de" ? Word(kind, words) : Word(kind, words).ToLower(words.Culture);
}
