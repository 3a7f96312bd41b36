using HarfBuzzSharp;

namespace ReportScheduler.Exports.Fonts;

/// <summary>The font files of the computer, searched for the characters that Inter lacks.</summary>
/// <remarks>
/// Skia's own search needs fontconfig, which small servers and containers do not have, and picks another font on
/// every system. Only the table of characters of each file is read, and only when a character is missing.
/// </remarks>
internal sealed class SystemFonts(IReadOnlyList<string> folders)
{
    private static readonly string[] Preferred =
        ["NotoSans-", "NotoSans", "NotoNaskh", "NotoColorEmoji", "segoeui", "seguiemj", "seguisym", "DejaVuSans.", "Noto", "arial", "Apple",
            "msyh", "YuGoth", "malgun", "Nirmala", "leelaw"];

    private static readonly EnumerationOptions Everywhere =
        new() { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 };

    private readonly object gate = new();
    private List<SystemFont>? files;

    /// <summary>The folders where this system keeps fonts, the machine's and the user's.</summary>
    public static SystemFonts Default { get; } = new(Folders());

    /// <summary>The best file with this character; null when there is none.</summary>
    /// <param name="character">The character.</param>
    /// <param name="isBold">Whether a bold face is wanted; where the family has none, its letters have to be emboldened.</param>
    /// <remarks>The faces of a collection share their characters with small differences of shape: the first one serves.</remarks>
    public (string Path, bool Embolden)? Find(int character, bool isBold)
    {
        lock (gate)
        {
            files ??= List();
            var file = files.Find(file => file.IsEmoji && Scripts.IsEmoji(character) && file.Has(character))
                ?? files.Find(file => file.Has(character));
            return file is null ? null
                : !isBold || file.IsEmoji ? (file.Path, false)
                : BoldOf(file) is { } bold && bold.Has(character) ? (bold.Path, false)
                : (file.Path, true);
        }
    }

    /// <summary>The file of a family that may be embedded; null when there is none.</summary>
    /// <param name="family">Its name, without regard to case.</param>
    /// <param name="isBold">Whether a bold face is wanted; where the family has none, its letters have to be emboldened.</param>
    public (string Path, bool Embolden)? Family(string family, bool isBold)
    {
        lock (gate)
        {
            files ??= List();
            var faces = files.Where(file => file.Names is { MayBeEmbedded: true } names && names.IsOf(family)).ToList();
            SystemFont? Face(string style) => faces.Find(file => file.Names.Style.Equals(style, StringComparison.OrdinalIgnoreCase));
            return (isBold ? Face("Bold") : null) is { } bold ? (bold.Path, false)
                : (Face("Regular") ?? Face("Book") ?? Face("Roman") ?? Face("Normal") ?? Face("Medium")) is { } regular
                ? (regular.Path, isBold)
                : null;
        }
    }

    private SystemFont? BoldOf(SystemFont regular)
    {
        var stem = Path.GetFileNameWithoutExtension(regular.Path);
        // as Noto, DejaVu, and the fonts of Windows are named
        string[] names = [stem.Replace("Regular", "Bold", StringComparison.OrdinalIgnoreCase), stem + "-Bold", stem + " Bold", stem + "bd",
            stem + "b", stem + "db"];
        return files!.Find(file => file != regular && Path.GetDirectoryName(file.Path) == Path.GetDirectoryName(regular.Path)
            && names.Contains(Path.GetFileNameWithoutExtension(file.Path), StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Folders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            return
            [
                Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Microsoft", "Windows", "Fonts"),
            ];
        }

        return OperatingSystem.IsMacOS()
            ? ["/System/Library/Fonts", "/Library/Fonts", Path.Combine(home, "Library", "Fonts")]
            : ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local", "share", "fonts"), Path.Combine(home, ".fonts")];
    }

    private static int Rank(string path)
    {
        var name = Path.GetFileName(path);
        var rank = Array.FindIndex(Preferred, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        var plain = name.Contains("Regular", StringComparison.OrdinalIgnoreCase) || !name.Contains('-', StringComparison.Ordinal);
        return (plain ? 0 : 1000) + (rank < 0 ? Preferred.Length : rank);
    }

    private List<SystemFont> List() =>
        [.. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", Everywhere))
            .Where(path => Path.GetExtension(path).ToUpperInvariant() is ".TTF" or ".OTF" or ".TTC" or ".OTC")
            .OrderBy(Rank).ThenBy(path => path, StringComparer.Ordinal)
            .Select(path => new SystemFont(path))];

    private sealed class SystemFont(string path)
    {
        private System.Collections.BitArray? characters;

        public string Path => path;

        /// <summary>What it is called; read when a theme asks.</summary>
        public FontNames Names => field ??= FontNames.Read(path);

        public bool IsEmoji { get; } = path.Contains("emoji", StringComparison.OrdinalIgnoreCase)
            || path.Contains("seguiemj", StringComparison.OrdinalIgnoreCase);

        public bool Has(int character)
        {
            characters ??= Read();
            return character < characters.Length && characters[character];
        }

        private System.Collections.BitArray Read()
        {
            using var blob = Blob.FromFile(path);
            using var face = new Face(blob, 0);
            var all = HarfBuzzSubset.Characters(face.Handle).ToList();
            var bits = new System.Collections.BitArray(all.Count == 0 ? 0 : all[^1] + 1);
            all.ForEach(character => bits[character] = true);
            return bits;
        }
    }
}
