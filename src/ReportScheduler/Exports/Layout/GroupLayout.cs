using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Layout;

/// <summary>How the groups of a dataset look: the row at the head of each, and the lines of totals at its foot.</summary>
internal sealed class GroupLayout
{
    private readonly IReadOnlyList<LaidOutColumn> shown;
    private readonly GroupLevel[] levels;
    private readonly ReportWords words;

    private GroupLayout(IReadOnlyList<LaidOutColumn> shown, GroupLevel[] levels, ReportWords words)
    {
        (this.shown, this.levels, this.words) = (shown, levels, words);
        Lines = TotalLine.Of(shown, words);
        IsKey = new bool[shown.Count];
        foreach (var level in levels)
        {
            if (level.Place >= 0)
            {
                IsKey[level.Place] = true;
            }
        }
    }

    /// <summary>How many groups lie in one another.</summary>
    public int Depth => levels.Length;

    /// <summary>The lines of totals of each group; none where no column asks for a total.</summary>
    public IReadOnlyList<TotalLine> Lines { get; }

    /// <summary>Whether a shown column is one that the rows are grouped by: its value
    /// stands at the head of the group, and its cells are blank.</summary>
    public bool[] IsKey { get; }

    /// <summary>The layout of the groups; null where the rows are not grouped.</summary>
    /// <param name="document">The report.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="shown">Those that are shown, from <see cref="ColumnLayout.Grouped"/>.</param>
    public static GroupLayout? Of(ReportDocument document, string dataset, IReadOnlyList<SourceColumn> columns,
        IReadOnlyList<LaidOutColumn> shown)
    {
        var definition = document.Task.Dataset(dataset);
        if (definition.GroupBy.Length == 0)
        {
            return null;
        }

        var levels = definition.GroupBy
            .Select(key => columns.FirstOrDefault(column => column.Name.Equals(key, StringComparison.OrdinalIgnoreCase)))
            .OfType<SourceColumn>()
            .Select(column => Level(document, ColumnLayout.Of(definition.Column(column.Name), column, document.Culture), shown)).ToArray();
        return levels.Length > 0 ? new GroupLayout(shown, levels, document.Words) : null;
    }

    /// <summary>The place of the column of a level among those that are shown; 0 where it is hidden.</summary>
    public int PlaceOf(int level) => Math.Max(0, levels[level].Place);

    /// <summary>What stands at the head of a group.</summary>
    public string Head(GroupMark group) => levels[group.Level] is { Place: < 0 } hidden ? $"{hidden.Header}: {Key(group)}" : Key(group);

    /// <summary>The value of a group as people read it, on one line.</summary>
    public string Key(GroupMark group) => group.Key.Kind == CellKind.Null && levels[group.Level].Nothing is { Length: > 0 } nothing
        ? nothing
        : KeyWords.Of(group.Key, levels[group.Level].Text.Of(group.Key), words);

    /// <summary>What a line of totals of a group says.</summary>
    public string Label(TotalLine line, GroupMark group) => $"{line.Label} {Key(group)}";

    /// <summary>Where that stands: in the column of the group, or in another one that shows nothing in this line; -1 for nowhere.</summary>
    public int LabelPlace(TotalLine line, GroupMark group)
    {
        var place = PlaceOf(group.Level);
        return place < shown.Count && line.Kinds[place] == ColumnTotal.None
            ? place
            : line.LabelPlace >= 0
            ? line.LabelPlace
            : line.Kinds.ToList().IndexOf(ColumnTotal.None);
    }

    /// <summary>The first column behind a place that shows a total in a line: so far the label may reach.</summary>
    public int EndOfLabel(TotalLine line, int place)
    {
        var end = place + 1;
        while (end < shown.Count && line.Kinds[end] == ColumnTotal.None)
        {
            end++;
        }

        return end;
    }

    private static GroupLevel Level(ReportDocument document, LaidOutColumn column, IReadOnlyList<LaidOutColumn> shown) => new(
        PlaceOf(column, shown), column.Title, new CellText(column, document.Culture, document.Zone), column.NullText);

    private static int PlaceOf(LaidOutColumn column, IReadOnlyList<LaidOutColumn> shown)
    {
        for (var place = 0; place < shown.Count; place++)
        {
            if (shown[place].Column.Index == column.Column.Index)
            {
                return place;
            }
        }

        return -1;
    }

    private sealed record GroupLevel(int Place, string Header, CellText Text, string? Nothing);
}
