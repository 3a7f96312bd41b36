using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>What refers to the tables of a template from elsewhere in the workbook:
/// formulas, rules, names, charts and pivots. It follows their rows.</summary>
/// <param name="growths">What became of each table, or would at the most.</param>
internal sealed class TemplateReferences(IReadOnlyList<TableGrowth> growths)
{
    private static readonly XNamespace Main = TemplateBook.Main;

    /// <summary>All parts but the sheets of the tables, which are written already.</summary>
    public void Follow(TemplateBook book)
    {
        foreach (var name in book.Workbook.Descendants(Main + "definedName"))
        {
            var isPrinted = (string?)name.Attribute("name") == "_xlnm.Print_Area";
            name.Value = growths.Aggregate(name.Value, (value, growth) => isPrinted ? growth.PrintArea(value) : growth.Formula(value));
        }

        foreach (var other in book.Parts(".worksheet+xml").Where(book.IsOurs).Where(part => Formulas(book.Look(part).Root!).Count > 0))
        {
            var sheet = book.Change(other).Root!;
            TemplateCells.Number(sheet);
            TemplateCells.ForgetValues(sheet);
            FollowFormulas(sheet, sheetName: null);
        }

        foreach (var chart in book.Parts(".chart+xml").Concat(book.Parts(".chartex+xml")))
        {
            FollowChart(book.Change(chart).Root!);
        }

        new TemplatePivots(growths).Follow(book);
    }

    /// <summary>The formulas of a sheet or a cell.</summary>
    /// <param name="element">The sheet or the cell.</param>
    /// <param name="sheetName">The sheet they are on; null for one without a table that gets rows.</param>
    public void FollowFormulas(XElement element, string? sheetName)
    {
        foreach (var formula in Formulas(element))
        {
            formula.Value = Formula(formula.Value, sheetName);
        }
    }

    /// <summary>The ranges that rules and lists of the sheet of a table are for.</summary>
    public void FollowRanges(XElement sheet, string sheetName)
    {
        // Rules of Excel 2010 and later keep theirs in an element.
        foreach (var growth in growths.Where(growth => growth.Shape.Sheet == sheetName))
        {
            foreach (var ranges in sheet.Descendants().Attributes("sqref").Where(ranges => ranges.Parent!.Name != Main + "selection"))
            {
                ranges.Value = growth.Ranges(ranges.Value);
            }

            foreach (var ranges in sheet.Descendants().Where(child => child.Name.LocalName == "sqref"))
            {
                ranges.Value = growth.Ranges(ranges.Value);
            }
        }
    }

    /// <summary>Whether a formula in it follows a table.</summary>
    public bool Change(XElement element, string sheetName) =>
        Formulas(element).Exists(formula => Formula(formula.Value, sheetName) != formula.Value);

    private static List<XElement> Formulas(XElement element) =>
        [.. element.Descendants().Where(
            child => child.Name.LocalName is "f" or "formula" or "formula1" or "formula2" or "totalsRowFormula" && !child.HasElements)];

    private string Formula(string formula, string? sheetName) =>
        growths.Aggregate(formula, (value, growth) => growth.Formula(value, isOnSheet: growth.Shape.Sheet == sheetName));

    private void FollowChart(XElement root)
    {
        foreach (var formula in root.Descendants().Where(element => element.Name.LocalName == "f").ToList())
        {
            foreach (var growth in growths)
            {
                var sheet = growth.Shape.Sheet;
                if (formula.Value.StartsWith($"{sheet}!", StringComparison.OrdinalIgnoreCase)
                    || formula.Value.StartsWith(CellReference.Quoted(sheet), StringComparison.OrdinalIgnoreCase))
                {
                    // The values kept beside the reference are of the old rows.
                    formula.ElementsAfterSelf().Where(element => element.Name.LocalName is "numCache" or "strCache").Remove();
                }

                formula.Value = growth.Formula(formula.Value, ofChart: true);
            }
        }
    }
}
