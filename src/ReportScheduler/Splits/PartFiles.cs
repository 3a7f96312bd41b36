using System.Globalization;
using System.Text;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Splits;

/// <summary>Gathers the files of the parts in the folder of the run, and sees to it that no two have one name on any system.</summary>
/// <param name="folder">The folder of the run.</param>
internal sealed class PartFiles(string folder)
{
    // Windows and macOS tell neither capitals apart nor two ways to write an accent
    private readonly Dictionary<string, SplitPart> owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> files = [];

    /// <summary>The full paths of all files.</summary>
    public IReadOnlyList<string> All => files;

    /// <summary>Where the files of the part that is being made are written.</summary>
    public string Workshop => Path.Combine(folder, "part");

    /// <summary>Takes the files of a part out of the workshop.</summary>
    /// <param name="made">The files in it.</param>
    /// <param name="part">The part.</param>
    /// <param name="isNumbered">Whether a file whose name another one has gets a number; else it is an error between two keys.</param>
    /// <returns>Their full paths.</returns>
    /// <exception cref="ReportException">Two parts have a file of one name.</exception>
    public IReadOnlyList<string> Take(IReadOnlyList<string> made, SplitPart part, bool isNumbered)
    {
        var taken = new string[made.Count];
        for (var file = 0; file < taken.Length; file++)
        {
            taken[file] = Path.Combine(folder, Name(Path.GetFileName(made[file]), part, isNumbered));
        }

        for (var file = 0; file < taken.Length; file++)
        {
            // nothing is there: the folder is the run's own. Else Unix would make a second link and remove the first
            File.Move(made[file], taken[file], overwrite: true);
            files.Add(taken[file]);
        }

        return taken;
    }

    /// <summary>Removes what was made.</summary>
    public void Remove() => Remove(files);

    /// <summary>Removes files and folders. What hinders it, such as a folder that whoever
    /// took the run over has removed, hides no other problem.</summary>
    public static void Remove(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            try
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }
                else
                {
                    File.Delete(path);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private string Name(string wanted, SplitPart part, bool isNumbered)
    {
        var name = wanted;
        for (var number = 2; !owners.TryAdd(name.Normalize(NormalizationForm.FormC), part); number++)
        {
            var owner = owners[name.Normalize(NormalizationForm.FormC)];
            // two looks of one key, what is nobody's and the whole differ in the number only
            if (!isNumbered && part is { IsOfKey: true } && owner is { IsOfKey: true } && owner.Key != part.Key)
            {
                throw SplitErrors.SplitFileNameTaken(wanted, owner.Shown, part.Shown);
            }

            name = string.Create(CultureInfo.InvariantCulture,
                $"{Path.GetFileNameWithoutExtension(wanted)} ({number}){Path.GetExtension(wanted)}");
        }

        return name;
    }
}
