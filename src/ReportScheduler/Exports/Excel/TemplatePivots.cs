using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>Pivots of a template that summarise a table which gets rows: they read them when
/// the workbook opens. Pivots of anything else stay as they are.</summary>
/// <param name="growths">What became of each table.</param>
internal sealed partial class TemplatePivots(IReadOnlyList<TableGrowth> growths)
{
    private static readonly XNamespace Main = TemplateBook.Main;

    public void Follow(TemplateBook book)
    {
        foreach (var cache in book.Parts(".pivotCacheDefinition+xml"))
        {
            if (!Sources(book.Look(cache).Root!).Any(source => growths.Any(growth => IsOf(source, growth.Shape, book))))
            {
                continue;
            }

            var root = book.Change(cache).Root!;
            root.SetAttributeValue("refreshOnLoad", "1");
            foreach (var source in Sources(root))
            {
                // whole columns and rows have the new rows as they are
                foreach (var growth in growths.Where(
                    growth => IsRangeOf(source, growth.Shape) && Cells().IsMatch((string)source.Attribute("ref")!)))
                {
                    source.SetAttributeValue("ref", growth.Ranges((string)source.Attribute("ref")!));
                }
            }
        }
    }

    // the sources of one table, and of several that are consolidated
    private static IEnumerable<XElement> Sources(XElement cache) =>
        cache.Descendants(Main + "worksheetSource").Concat(cache.Descendants(Main + "rangeSet"));

    private static bool IsOf(XElement source, TableShape shape, TemplateBook book)
    {
        // a source with a relationship is in another workbook
        if (source.Attributes().Any(attribute => attribute.Name.LocalName == "id"))
        {
            return false;
        }

        return (string?)source.Attribute("name") is { } name
            ? name.Equals(shape.Name, StringComparison.OrdinalIgnoreCase) || IsNameOf(name, shape, book)
            : IsRangeOf(source, shape);
    }

    private static bool IsNameOf(string name, TableShape shape, TemplateBook book) => book.Workbook.Descendants(Main + "definedName")
        .Where(defined => name.Equals((string?)defined.Attribute("name"), StringComparison.OrdinalIgnoreCase))
        .Any(defined => defined.Value.Contains($"{shape.Sheet}!", StringComparison.OrdinalIgnoreCase)
            || defined.Value.Contains(CellReference.Quoted(shape.Sheet), StringComparison.OrdinalIgnoreCase)
            || defined.Value.Contains($"{shape.Name}[", StringComparison.OrdinalIgnoreCase)
            || defined.Value.Equals(shape.Name, StringComparison.OrdinalIgnoreCase));

    private static bool IsRangeOf(XElement source, TableShape shape)
    {
        if (!string.Equals((string?)source.Attribute("sheet"), shape.Sheet, StringComparison.OrdinalIgnoreCase)
            || source.Attributes().Any(attribute => attribute.Name.LocalName == "id")
            || (string?)source.Attribute("ref") is not { } range)
        {
            return false;
        }

        if (WholeColumns().Match(range) is { Success: true } columns)
        {
            return ColumnOf(columns.Groups["from"].Value) <= shape.Right && ColumnOf(columns.Groups["to"].Value) >= shape.Left;
        }

        if (WholeRows().Match(range) is { Success: true } rows)
        {
            return RowOf(rows.Groups["from"].Value) <= shape.Bottom && RowOf(rows.Groups["to"].Value) >= shape.HeaderRow;
        }

        if (!Cells().IsMatch(range))
        {
            return false;
        }

        var ends = range.Split(':');
        var (from, to) = (CellReference.Parse(ends[0]), CellReference.Parse(ends[^1]));
        return from.Column <= shape.Right && to.Column >= shape.Left && from.Row <= shape.Bottom && to.Row >= shape.HeaderRow;
    }

    private static int ColumnOf(string letters) => CellReference.Parse(letters + "1").Column;

    private static long RowOf(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\$?(?<from>[A-Za-z]{1,3}):\$?(?<to>[A-Za-z]{1,3})$")]
    private static partial Regex WholeColumns();

    [GeneratedRegex(@"^\$?(?<from>\d{1,7}):\$?(?<to>\d{1,7})$")]
    private static partial Regex WholeRows();

    [GeneratedRegex(@"^\$?[A-Za-z]{1,3}\$?\d+(:\$?[A-Za-z]{1,3}\$?\d+)?$")]
    private static partial Regex Cells();
}
