using ClosedXML.Excel;
using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>Designs the looks of a workbook, one cell per role; what it saves is the embedded Skeleton.xlsx.</summary>
internal static class SkeletonDesign
{
    // Numbers of formats that Excel has built in; LibreOffice knows truth values only under the real General.
    private const int General = 0;
    private const int AsText = 49;

    public static byte[] Save()
    {
        using var workbook = new XLWorkbook();
        workbook.Theme.Accent1 = XLColor.FromHtml("#2F5D8C");
        workbook.Theme.Accent2 = XLColor.FromHtml("#D9822B");
        workbook.Theme.Accent3 = XLColor.FromHtml("#4C9F70");
        workbook.Theme.Accent4 = XLColor.FromHtml("#8E5EA2");
        workbook.Theme.Accent5 = XLColor.FromHtml("#C94C4C");
        workbook.Theme.Accent6 = XLColor.FromHtml("#3A9EA5");
        var sheet = workbook.AddWorksheet("Skeleton");
        foreach (var role in Enum.GetValues<ExcelRole>())
        {
            var cell = sheet.Cell((int)role + 1, 1);
            cell.Value = role.ToString();
            Design(cell.Style, role);
        }
        using var saved = new MemoryStream();
        workbook.SaveAs(saved);
        return saved.ToArray();
    }

    private static void Design(IXLStyle style, ExcelRole role)
    {
        style.NumberFormat.NumberFormatId = role is ExcelRole.Value or ExcelRole.Total or ExcelRole.Subtotal or ExcelRole.Title or ExcelRole.Subtitle ? General : AsText;
        style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
        switch (role)
        {
            case ExcelRole.Text or ExcelRole.WrappedText:
                // Text keeps its distance from numbers to its left.
                style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
                style.Alignment.Indent = 1;
                style.Alignment.WrapText = role == ExcelRole.WrappedText;
                break;
            case ExcelRole.RightText:
                style.Alignment.Horizontal = XLAlignmentHorizontalValues.Right;
                break;
            case ExcelRole.Header or ExcelRole.RightHeader or ExcelRole.PlainRightHeader:
                style.Font.Bold = true;
                style.Font.FontColor = XLColor.FromTheme(XLThemeColor.Background1);
                style.Fill.BackgroundColor = XLColor.FromTheme(XLThemeColor.Accent1);
                style.Alignment.Vertical = XLAlignmentVerticalValues.Center;
                style.Alignment.Horizontal = role == ExcelRole.Header ? XLAlignmentHorizontalValues.Left : XLAlignmentHorizontalValues.Right;
                // The button of the filter lies over what stands at the right.
                style.Alignment.Indent = role switch { ExcelRole.RightHeader => 2, ExcelRole.PlainRightHeader => 0, _ => 1 };
                break;
            case ExcelRole.Title:
                style.Font.Bold = true;
                style.Font.FontSize = 16;
                style.Font.FontColor = XLColor.FromTheme(XLThemeColor.Accent1);
                break;
            case ExcelRole.Subtitle:
                style.Font.FontColor = XLColor.FromHtml("#595959");
                break;
            case ExcelRole.Total or ExcelRole.TotalLabel:
                style.Alignment.Horizontal = role == ExcelRole.TotalLabel ? XLAlignmentHorizontalValues.Left : XLAlignmentHorizontalValues.General;
                style.Alignment.Indent = role == ExcelRole.TotalLabel ? 1 : 0;
                style.Font.Bold = true;
                style.Border.TopBorder = XLBorderStyleValues.Thin;
                style.Border.TopBorderColor = XLColor.FromTheme(XLThemeColor.Accent1);
                break;
            case ExcelRole.GroupHead or ExcelRole.InnerGroupHead:
                style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
                style.Alignment.Indent = 1;
                style.Font.Bold = true;
                style.Fill.BackgroundColor = XLColor.FromHtml(role == ExcelRole.GroupHead ? "#E3EBF4" : "#F1F5FA");
                break;
            case ExcelRole.Subtotal or ExcelRole.SubtotalLabel:
                style.Alignment.Horizontal = role == ExcelRole.SubtotalLabel ? XLAlignmentHorizontalValues.Left : XLAlignmentHorizontalValues.General;
                style.Alignment.Indent = role == ExcelRole.SubtotalLabel ? 1 : 0;
                style.Font.Bold = true;
                style.Border.TopBorder = XLBorderStyleValues.Thin;
                style.Border.TopBorderColor = XLColor.FromHtml("#C8D1DC");
                break;
        }
    }
}
