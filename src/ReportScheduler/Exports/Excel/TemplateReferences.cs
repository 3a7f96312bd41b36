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
        foreach (var other in book.Parts(".worksheet+xml").Where(book.IsOurs))
        {
            FollowFormulas(book, other, growth);
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

    private static void FollowFormulas(TemplateBook book, string part, TableGrowth growth)
    {
        if (!Formulas(book.Look(part)).Any(formula => growth.Formula(formula.Value) != formula.Value))
        {
            return;
        }
        foreach (var formula in Formulas(book.Change(part)).Where(formula => growth.Formula(formula.Value) != formula.Value))
        {
            formula.Value = growth.Formula(formula.Value);
            // The value kept beside the formula is of the old rows, and some readers do not calculate.
            formula.ElementsAfterSelf(Main + "v").Remove();
        }

        static List<XElement> Formulas(XDocument sheet) =>
            [.. sheet.Descendants().Where(element => element.Name.LocalName is "f" or "formula" or "formula1" or "formula2" && !element.HasElements)];
    }

    private static void FollowChart(XElement root, string sheetName, TableGrowth growth)
    {
        foreach (var formula in root.Descendants().Where(element => element.Name.LocalName == "f").ToList())
        {
            if (formula.Value.StartsWith($"{sheetName}!", StringComparison.OrdinalIgnoreCase) || formula.Value.StartsWith(CellReference.Quoted(sheetName), StringComparison.OrdinalIgnoreCase))
            {
                // The values kept beside the reference are of the old rows.
                formula.ElementsAfterSelf().Where(element => element.Name.LocalName is "numCache" or "strCache").Remove();
            }
            formula.Value = growth.Formula(formula.Value);
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
