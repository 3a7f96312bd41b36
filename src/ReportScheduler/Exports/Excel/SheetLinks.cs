using System.Text;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Excel;

/// <summary>The cells of a worksheet whose text is an address, as links.</summary>
/// <param name="columns">The columns that are shown.</param>
/// <param name="habits">What the texts of other parts have shown; null for nothing.</param>
internal sealed class SheetLinks(IReadOnlyList<ExcelColumn> columns, TextHabits? habits = null)
{
    /// <summary>Excel opens no sheet with more (specifications and limits of Excel).</summary>
    public const int Most = 65_530;

    // Excel repairs a workbook with longer ones
    private const int Longest = 2079;

    // a column that has no address among so many texts is not looked at any more: most have none, and cost nothing then
    private const int Tries = 1000;

    // where it had none in other parts of the report
    private const int FewTries = 100;

    /// <summary>The places of the columns that are looked at.</summary>
    private readonly List<int> texts = [.. Enumerable.Range(0, columns.Count)
        .Where(place => columns[place].LaidOut.Column.Kind == ColumnKind.Text && !columns[place].IsBlank)];
    private readonly int[] misses = new int[columns.Count];
    private readonly int[] tries = [.. columns.Select(column => habits?.HasNoLinks(column.LaidOut.Column.Name) == true ? FewTries : Tries)];
    private readonly long[] found = new long[columns.Count];
    private readonly List<(int Column, int Row, string Address)> links = [];

    /// <summary>How many addresses have no link, because there are too many.</summary>
    public long Beyond { get; private set; }

    /// <summary>Whether there is a column left that may have one.</summary>
    public bool MayCome => texts.Count > 0;

    /// <param name="row">The cells.</param>
    /// <param name="number">The number of the row on the sheet, from 1.</param>
    public void See(ReadOnlySpan<Cell> row, int number)
    {
        for (var i = 0; i < texts.Count;)
        {
            var place = texts[i];
            columns[place].IsLink = IsLink(row[columns[place].Source], place, number);
            if (misses[place] < tries[place])
            {
                i++;
            }
            else
            {
                texts.RemoveAt(i);
            }
        }
    }

    /// <summary>Tells the parts that follow what it has found.</summary>
    public void Teach()
    {
        for (var place = 0; place < columns.Count; place++)
        {
            if (misses[place] + found[place] > 0)
            {
                habits?.AddLinks(columns[place].LaidOut.Column.Name, misses[place], found[place]);
            }
        }
    }

    /// <summary>The element of the worksheet; empty for none.</summary>
    public string Xml()
    {
        if (links.Count == 0)
        {
            return "";
        }

        var xml = new StringBuilder("<hyperlinks>");
        for (var index = 0; index < links.Count; index++)
        {
            xml.Append("<hyperlink ref=\"").Append(CellReference.Of(links[index].Column, links[index].Row)).Append("\" r:id=\"link")
                .Append(index + 1).Append("\"/>");
        }

        return xml.Append("</hyperlinks>").ToString();
    }

    /// <summary>Their relationships.</summary>
    public IEnumerable<(string Id, string Address)> Relations() => links.Select((link, index) => ($"link{index + 1}", link.Address));

    private bool IsLink(in Cell cell, int place, int number)
    {
        if (cell.Kind != CellKind.Text || cell.Text.Length == 0)
        {
            return false;
        }

        if (LinkText.Of(cell.Text) is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var target)
            || target.AbsoluteUri.Length > Longest)
        {
            misses[place]++;
            return false;
        }

        (misses[place], found[place]) = (0, found[place] + 1);
        if (links.Count == Most)
        {
            Beyond++;
            return false;
        }

        links.Add((columns[place].Number, number, target.AbsoluteUri));
        return true;
    }
}
