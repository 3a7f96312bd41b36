namespace ReportScheduler;

/// <summary>How the reports of a house look: brand colour, logo, font, footer and sender line. PDF, workbook,
/// HTML page, mail and charts read the same theme.</summary>
public sealed class ReportTheme
{
    /// <summary>The name, unique without regard to case.</summary>
    public string Name { get; set; } = "";

    /// <summary>The colour of the brand as #RRGGBB: links, tinted headers of groups, the line above a report and the
    /// first series of charts; null for the module's own blue.</summary>
    public string? BrandColor { get; set; }

    /// <summary>The file that the logo was read from; null for none.</summary>
    public string? Logo { get; set; }

    /// <summary>The logo itself, a PNG or JPEG picture: kept with the theme, so that it is there on each computer and in a
    /// copy of the store. Null for none.</summary>
    public byte[]? LogoPicture { get; set; }

    /// <summary>The family of the font; null for the module's own.</summary>
    public string? Font { get; set; }

    /// <summary>A line at the foot of pages, mails and printed worksheets; null for none.</summary>
    public string? Footer { get; set; }

    /// <summary>Who sends the mails, in the last line of them; null for the name of the mail server's sender.</summary>
    public string? SenderLine { get; set; }

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;
}
