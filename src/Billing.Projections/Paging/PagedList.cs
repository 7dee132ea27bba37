namespace Billing.Projections.Paging;

/// <summary>A list read to its end, page by page.</summary>
public static class PagedList
{
    public static IEnumerable<T> All<T>(Func<PageRequest, Page<T>> read)
    {
        Guid? after = null;
        do
        {
            var page = read(new PageRequest(after));
            foreach (var item in page.Items) yield return item;
            after = page.Next;
        }
        while (after is not null);
    }
}
