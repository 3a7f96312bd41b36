using System.Globalization;

namespace ReportScheduler.Exports.Themes;

internal static class ThemeErrors
{
    public static ReportException BrandColorUnknown(string text) =>
        new(nameof(BrandColorUnknown), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' is not a colour. Give #RRGGBB, such as '#0B5394', or a name such as navy or teal.");

    // never rounded up to what it does not reach
    public static ReportException BrandColorTooPale(string text, double contrast, string darker) =>
        new(nameof(BrandColorTooPale), ReportErrorCategory.InvalidArgument, text, string.Create(CultureInfo.InvariantCulture,
            $"'{text}' cannot be read on white paper: its contrast is {Math.Floor(contrast * 10) / 10:0.0}:1, and text needs "
                + $"{Theme.LeastContrast:0.0}:1. The nearest darker shade that has it is '{darker}'."));

    public static ReportException ThemeNameReserved(string name) =>
        new(nameof(ThemeNameReserved), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' cannot be the name of a theme: -Theme None is what a task says that wants none. Give another name.");

    public static ReportException LogoNotReadable(string path, Exception inner) =>
        new(nameof(LogoNotReadable), ReportErrorCategory.ReadError, path,
            $"The logo '{path}' cannot be read. Give a PNG or JPEG picture that this account may read: {inner.Message}", inner);

    public static ReportException ThemeNotUsable(string name, string member, string value, string reason) =>
        new(nameof(ThemeNotUsable), ReportErrorCategory.InvalidArgument, value,
            $"'{value}' cannot be the -{member} of the theme '{name}': {reason}.");
}
