using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <summary>Prepares the cells of a template's sheet.</summary>
internal static class TemplateCells
{
    private static readonly XNamespace Main = TemplateBook.Main;

    /// <summary>Gives rows and cells their references, which a sheet may lack: ours do, and they are templates too.</summary>
    public static void Number(XElement sheet)
    {
        var row = 0;
        foreach (var element in sheet.Descendants(Main + "row"))
        {
            row = (int?)element.Attribute("r") ?? row + 1;
            element.SetAttributeValue("r", row);
            var column = 0;
            foreach (var cell in element.Elements(Main + "c"))
            {
                column = cell.Attribute("r") is { } own ? CellReference.Parse(own.Value).Column : column + 1;
                cell.SetAttributeValue("r", CellReference.Of(column, row));
            }
        }
    }

    /// <summary>Drops what formulas gave with the old rows, because some readers do not
    /// calculate; also where the formula of another cell gave it.</summary>
    /// <param name="sheet">Its cells have references.</param>
    public static void ForgetValues(XElement sheet)
    {
        var formulas = sheet.Descendants(Main + "c").Elements(Main + "f").ToList();
        var spread = formulas.Where(formula => (string?)formula.Attribute("t") is "array" or "dataTable")
            .Select(formula => (string?)formula.Attribute("ref")).OfType<string>()
            .Select(range => range.Split(':')).Where(ends => ends.Length == 2)
            .Select(ends => (From: CellReference.Parse(ends[0]), To: CellReference.Parse(ends[1]))).ToList();
        var given = spread.Count == 0 ? [] : sheet.Descendants(Main + "c").Where(cell =>
        {
            var (column, row) = CellReference.Parse((string)cell.Attribute("r")!);
            return spread.Exists(
                range => column >= range.From.Column && column <= range.To.Column && row >= range.From.Row && row <= range.To.Row);
        });
        foreach (var cell in formulas.Select(formula => formula.Parent!).Concat(given).ToList())
        {
            cell.Elements(Main + "v").Remove();
            cell.Attributes("t").Remove();
        }
    }
}
