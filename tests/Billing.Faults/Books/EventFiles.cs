namespace Billing.Faults.Books;

/// <summary>An event file with the log beside it.</summary>
internal static class EventFiles
{
    /// <summary>Copies file and log, as they are, into a folder that is emptied before.</summary>
    /// <returns>The copied file.</returns>
    public static string Copy(string path, string folder)
    {
        var target = Path.Combine(folder, Path.GetFileName(path));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var end in new[] { "", "-wal", "-journal" })
            if (File.Exists(path + end)) File.Copy(path + end, target + end);
        return target;
    }
}
