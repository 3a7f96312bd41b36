using System.Text;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>The sheet of a template's table on its way into the package.</summary>
/// <remarks>
/// Its rows are streamed. Formulas that take in the table stand before their number is known, so room is kept for everything down to the last of them,
/// and written when the rows have ended.
/// </remarks>
/// <param name="package">Where it goes.</param>
/// <param name="partName">The part of the sheet.</param>
/// <param name="sheet">What stands before and behind the rows.</param>
/// <param name="longest">The table at its longest: formulas cannot become longer.</param>
/// <param name="lastFormula">The last row below the header with such a formula; 0 for none.</param>
internal sealed class TemplateSheet(PackageWriter package, string partName, XElement sheet, TableGrowth longest, int lastFormula) : IDisposable
{
    private const string RowsEnd = "</sheetData>";

    private readonly XmlBuffer held = new();
    private readonly List<(int At, XElement Cell)> open = [];
    private PartWriter? part;

    public XmlBuffer Buffer => part?.Buffer ?? held;

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

    /// <summary>Ends the part.</summary>
    /// <param name="growth">What became of the table.</param>
    public void Complete(TableGrowth growth)
    {
        TemplateReferences.FollowFormulas(sheet, growth, isOnSheet: true);
        open.ForEach(cell => TemplateReferences.FollowFormulas(cell.Cell, growth, isOnSheet: true));
        var text = TemplateBook.Text(sheet);
        var end = text.LastIndexOf(RowsEnd, StringComparison.Ordinal);
        var head = new XmlBuffer().AddXml(text[..end]);
        var at = 0;
        foreach (var (position, cell) in open)
        {
            head.Add(held.Span[at..position]).AddXml(cell.ToString(SaveOptions.DisableFormatting));
            at = position;
        }
        head.Add(held.Span[at..]);
        Buffer.AddXml(text[end..]);
        part!.Complete(head.Span);
    }

    public void Dispose() => part?.Dispose();

    private void KeepRoom()
    {
        var text = TemplateBook.Text(Longest(sheet));
        var length = Encoding.UTF8.GetByteCount(text.AsSpan(0, text.LastIndexOf(RowsEnd, StringComparison.Ordinal)));
        part = new PartWriter(package, partName, length + held.Length + open.Sum(cell => Encoding.UTF8.GetByteCount(Longest(cell.Cell).ToString(SaveOptions.DisableFormatting))));
    }

    private XElement Longest(XElement element)
    {
        var copy = new XElement(element);
        TemplateReferences.FollowFormulas(copy, longest, isOnSheet: true);
        return copy;
    }
}
