using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>What refers to a template's table from elsewhere in the workbook: names, formulas of other sheets, charts and pivots.</summary>
internal static class TemplateReferences
{
    private static readonly XNamespace Main = TemplateBook.Main;

    /// <summary>Makes them follow the rows of the table.</summary>
    public static void Follow(TemplateBook book, string sheetName, TableGrowth growth)
    {
        foreach (var name in book.Workbook.Descendants(Main + "definedName"))
        {
            name.Value = growth.Formula(name.Value);
        }
        foreach (var other in book.Parts(".worksheet+xml").Where(book.IsOurs).Where(part => Formulas(book.Look(part).Root!).Count > 0))
        {
            FollowFormulas(book.Change(other).Root!, growth, isOnSheet: false);
        }
        foreach (var chart in book.Parts(".chart+xml").Concat(book.Parts(".chartex+xml")))
        {
            FollowChart(book.Change(chart).Root!, sheetName, growth);
        }
        foreach (var cache in book.Parts(".pivotCacheDefinition+xml"))
        {
            FollowPivot(book.Change(cache).Root!, sheetName, growth);
        }
    }

    /// <summary>Makes the formulas of a sheet or a cell follow, and drops all values kept beside them: they are of the old rows, and some readers do not calculate.</summary>
    /// <param name="element">The sheet or the cell.</param>
    /// <param name="growth">What became of the table.</param>
    /// <param name="isOnSheet">It is the table's sheet.</param>
    public static void FollowFormulas(XElement element, TableGrowth growth, bool isOnSheet)
    {
        foreach (var formula in Formulas(element))
        {
            formula.Value = growth.Formula(formula.Value, isOnSheet);
            if (formula.Parent is { } cell && cell.Name == Main + "c")
            {
                cell.Elements(Main + "v").Remove();
                cell.Attributes("t").Remove();
            }
        }
    }

    /// <summary>Whether a formula in it follows the table.</summary>
    public static bool Follows(XElement element, TableGrowth growth) => Formulas(element).Exists(formula => growth.Formula(formula.Value, isOnSheet: true) != formula.Value);

    private static List<XElement> Formulas(XElement element) =>
        [.. element.Descendants().Where(child => child.Name.LocalName is "f" or "formula" or "formula1" or "formula2" && !child.HasElements)];

    private static void FollowChart(XElement root, string sheetName, TableGrowth growth)
    {
        foreach (var formula in root.Descendants().Where(element => element.Name.LocalName == "f").ToList())
        {
            if (formula.Value.StartsWith($"{sheetName}!", StringComparison.OrdinalIgnoreCase) || formula.Value.StartsWith(CellReference.Quoted(sheetName), StringComparison.OrdinalIgnoreCase))
            {
                // The values kept beside the reference are of the old rows.
                formula.ElementsAfterSelf().Where(element => element.Name.LocalName is "numCache" or "strCache").Remove();
            }
            formula.Value = growth.Formula(formula.Value, ofChart: true);
        }
    }

    private static void FollowPivot(XElement root, string sheetName, TableGrowth growth)
    {
        root.SetAttributeValue("refreshOnLoad", "1");
        var source = root.Descendants(Main + "worksheetSource").FirstOrDefault();
        if (source?.Attribute("ref") is { } range && string.Equals((string?)source.Attribute("sheet"), sheetName, StringComparison.OrdinalIgnoreCase))
        {
            range.Value = growth.Ranges(range.Value);
        }
    }
}
