using System.Xml.Linq;

namespace ReportScheduler.Exports.Excel;

/// <param name="Styles">The style part, which many workbooks share.</param>
/// <param name="Theme">The theme part.</param>
/// <param name="Roles">The cell format of each <see cref="ExcelRole"/>.</param>
internal sealed record SkeletonParts(XDocument Styles, string Theme, int[] Roles)
{
    /// <summary>The style parts that were made of it.</summary>
    public StyleCache Made { get; } = new(ExcelStyles.Formats(Styles).Elements().Count());
}
