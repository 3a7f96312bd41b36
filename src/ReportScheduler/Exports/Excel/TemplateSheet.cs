using System.Text;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>The sheet of a template's table on its way into the package.</summary>
/// <remarks>
/// Its rows are streamed. Formulas that take in a table stand before the number of its rows is known, be it because they stand above or
/// because the table is another dataset's, so room is kept for everything down to the last of them and for everything below the table, and
/// written when all rows of the workbook have ended.
/// </remarks>
/// <param name="package">Where it goes.</param>
/// <param name="partName">The part of the sheet.</param>
/// <param name="sheet">What stands above and behind the rows.</param>
/// <param name="name">The sheet's name.</param>
/// <param name="longest">All tables at their longest: formulas cannot become longer.</param>
/// <param name="lastFormula">The last row below the header with a formula that takes in a table; 0 for none.</param>
internal sealed class TemplateSheet(PackageWriter package, string partName, XElement sheet, string name, TemplateReferences longest,
    int lastFormula) : IDisposable
{
    // Stands where the rows of the table go.
    private const string RowsMark = "report-rows";

    private readonly XmlBuffer held = new();
    private readonly List<(int At, XElement Cell)> open = [];
    private PartWriter? part;

    public XmlBuffer Buffer => part?.Buffer ?? held;

    private XElement Data => sheet.Element(TemplateBook.Main + "sheetData")!;

    /// <summary>A cell that stands beside the table.</summary>
    public void Add(XElement cell)
    {
        if (part is null)
        {
            open.Add((held.Length, cell));
        }
        else
        {
            Buffer.AddXml(cell.ToString(SaveOptions.DisableFormatting));
        }
    }

    public void EndRow(int row)
    {
        Buffer.Add("</row>"u8);
        if (part is not null)
        {
            part.Pass();
        }
        else if (row >= lastFormula)
        {
            KeepRoom();
        }
    }

    /// <summary>Ends the rows of the table.</summary>
    /// <param name="below">The rows that stand below it.</param>
    public void EndRows(IEnumerable<XElement> below)
    {
        if (part is null)
        {
            KeepRoom();
        }

        Data.Add(below);
        part!.EndRows(Encoding.UTF8.GetByteCount(Texts(Longest(sheet)).Tail));
    }

    /// <summary>Writes what stands around the rows.</summary>
    /// <param name="references">What became of the tables.</param>
    public void Complete(TemplateReferences references)
    {
        Follow(sheet, references);
        open.ForEach(cell => Follow(cell.Cell, references));
        var (start, tail) = Texts(sheet);
        var head = new XmlBuffer().AddXml(start);
        var at = 0;
        foreach (var (position, cell) in open)
        {
            head.Add(held.Span[at..position]).AddXml(cell.ToString(SaveOptions.DisableFormatting));
            at = position;
        }

        head.Add(held.Span[at..]);
        part!.Complete(head.Span, Encoding.UTF8.GetBytes(tail));
    }

    public void Dispose() => part?.Dispose();

    private void KeepRoom()
    {
        Data.Add(new XProcessingInstruction(RowsMark, ""));
        var length = Encoding.UTF8.GetByteCount(Texts(Longest(sheet)).Head);
        part = new PartWriter(package, partName, length + held.Length
            + open.Sum(cell => Encoding.UTF8.GetByteCount(Longest(cell.Cell).ToString(SaveOptions.DisableFormatting))));
    }

    private static (string Head, string Tail) Texts(XElement sheet)
    {
        var text = TemplateBook.Text(sheet);
        var mark = new XProcessingInstruction(RowsMark, "").ToString();
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return (text[..at], text[(at + mark.Length)..]);
    }

    private XElement Longest(XElement element)
    {
        var copy = new XElement(element);
        Follow(copy, longest);
        return copy;
    }

    private void Follow(XElement element, TemplateReferences references)
    {
        references.FollowFormulas(element, name);
        references.FollowRanges(element, name);
    }
}
