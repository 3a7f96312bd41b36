using System.Buffers.Binary;
using System.Text;
using HarfBuzzSharp;

namespace ReportScheduler.Exports.Fonts;

/// <summary>What the first face of a font file is called.</summary>
/// <param name="Families">The names of its family, in the languages that the file has.</param>
/// <param name="Style">Which face of the family: Regular, Bold.</param>
/// <param name="MayBeEmbedded">Its maker does not forbid that documents carry it.</param>
internal sealed record FontNames(IReadOnlyList<string> Families, string Style, bool MayBeEmbedded)
{
    private const int FamilyId = 1;
    private const int StyleId = 2;
    private const int TypographicFamilyId = 16;
    private const int TypographicStyleId = 17;
    private const int Windows = 3;
    private const int RecordSize = 12;
    private const int HeaderSize = 6;

    // fsType of the table OS/2: usage permissions, of which 2 alone forbids
    private const int PermissionOffset = 8;
    private const int Permissions = 0xF;
    private const int Restricted = 2;

    public bool IsOf(string family) => Families.Contains(family, StringComparer.OrdinalIgnoreCase);

    public static FontNames Read(string path)
    {
        using var blob = Blob.FromFile(path);
        using var face = new Face(blob, 0);
        var metrics = HarfBuzzSubset.Table(face.Handle, "OS/2");
        var permission = metrics.Length < PermissionOffset + 2 ? 0
            : BinaryPrimitives.ReadUInt16BigEndian(metrics.AsSpan(PermissionOffset)) & Permissions;
        var names = Names(HarfBuzzSubset.Table(face.Handle, "name")).ToList();
        return new FontNames(
            [.. names.Where(name => name.Id is FamilyId or TypographicFamilyId).Select(name => name.Text)],
            names.Find(name => name.Id == TypographicStyleId).Text ?? names.Find(name => name.Id == StyleId).Text ?? "",
            permission != Restricted);
    }

    private static IEnumerable<(int Id, string Text)> Names(byte[] table)
    {
        int At(int offset) => offset + 2 <= table.Length ? BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(offset)) : 0;
        var (count, texts) = (At(2), At(4));
        for (var record = HeaderSize;
            record < HeaderSize + (count * RecordSize) && record + RecordSize <= table.Length;
            record += RecordSize)
        {
            var (length, start) = (At(record + 8), texts + At(record + 10));
            if (At(record) == Windows && start + length <= table.Length)
            {
                yield return (At(record + 6), Encoding.BigEndianUnicode.GetString(table, start, length));
            }
        }
    }
}
